import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { once } from '#lambda/environment.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';

/** The script stands beside this function's bundle, see infra/bundle.ts. */
const script = once(() => {
  const bytes = readFileSync(new URL('verify.js', import.meta.url));
  return { gzip: gzipSync(bytes), hash: createHash('sha256').update(bytes).digest() };
});

/** The page on which a reader verifies a draw: it may run one script of this site, and may send nothing to anybody. */
export async function verifyPage(): Promise<Answer> {
  return Promise.resolve(htmlPage('核验抽取', <VerifyPage hash={script().hash} />, 60, { scripts: true }));
}

/** The script of that page. */
export async function verifyScript(): Promise<Answer> {
  return Promise.resolve({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=3600',
    },
    body: script().gzip,
  });
}

function VerifyPage({ hash }: { readonly hash: Buffer }) {
  return (
    <>
      <h1>核验一次抽取</h1>
      <p class="en" lang="en">
        Verify a draw
      </p>
      <p>
        选择从抽取页面下载的文件，本页在您的浏览器中重新计算每一步。选定文件后不再与任何服务器通信（浏览器按本页的安全策略禁止一切连接），断网也能核验。
        <br />
        <span class="en" lang="en">
          Choose the files that you downloaded from a draw's page; this page recomputes every step in your
          browser. Once they are chosen it talks to no server: the page's security policy makes the browser
          forbid every connection, and it works with the network unplugged.
        </span>
      </p>
      <div id="verify">
        <noscript>
          <p>
            核验需要运行本页的程序，请允许 JavaScript；或在命令行核验：
            <code>npm run --silent mingchou -- draw verify</code>。
            <br />
            <span class="en" lang="en">
              This page needs JavaScript to compute; or verify in a terminal with the command above.
            </span>
          </p>
        </noscript>
      </div>
      <p>
        <small>
          本页程序的 SHA-256 of this page's program: <code>{hash.toString('hex')}</code>
        </small>
      </p>
      {/* The number in the address is the script's own: a page never runs an older script that a cache kept. */}
      <script
        type="module"
        src={`/public/verify.js?v=${hash.toString('hex').slice(0, 16)}`}
        integrity={`sha256-${hash.toString('base64')}`}
      />
    </>
  );
}
