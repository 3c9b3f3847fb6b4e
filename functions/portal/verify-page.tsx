import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { once } from '#lambda/environment.ts';
import type { Answer } from '#web/answer.ts';
import { Heading } from '#web/bilingual.tsx';
import { htmlPage } from '#web/layout.tsx';

/** A script for the reader's browser. */
interface Script {
  readonly bytes: number;
  readonly gzip: Uint8Array;
  readonly hash: Buffer;
}

/** The scripts stand beside this function's bundle, see infra/bundle.ts. */
function scriptIn(file: URL): Script {
  const bytes = readFileSync(file);
  return {
    bytes: bytes.byteLength,
    gzip: gzipSync(bytes),
    hash: createHash('sha256').update(bytes).digest(),
  };
}

/** What the page runs at first: it loads the other one when the reader presses its button. */
const opener = once(() => scriptIn(new URL('verify.js', import.meta.url)));
const verifier = once(() => scriptIn(new URL('verifier.js', import.meta.url)));

/** The page on which a reader verifies a draw: it may run the two scripts of this site, and may send nothing to anybody. */
export async function verifyPage(): Promise<Answer> {
  return Promise.resolve(htmlPage('核验抽取', <VerifyPage />, 60, { scripts: true }));
}

/** The small script of that page. */
export async function verifyScript(): Promise<Answer> {
  return Promise.resolve(scriptAnswer(opener()));
}

/** The program that verifies. */
export async function verifierScript(): Promise<Answer> {
  return Promise.resolve(scriptAnswer(verifier()));
}

function scriptAnswer({ gzip }: Script): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=3600',
    },
    body: gzip,
  };
}

/** The number in the address is the script's own: a page never runs an older script that a cache kept. */
function addressOf(path: string, { hash }: Script): string {
  return `${path}?v=${hash.toString('hex').slice(0, 16)}`;
}

function integrityOf({ hash }: Script): string {
  return `sha256-${hash.toString('base64')}`;
}

function VerifyPage() {
  return (
    <>
      <Heading zh="核验一次抽取" en="Verify a draw" />
      <p>
        打开核验程序，选择从抽取页面下载的文件，程序在您的浏览器中重新计算每一步。程序打开后不再与任何服务器通信（浏览器按本页的安全策略禁止一切连接），断网也能核验。
        <br />
        <span class="en" lang="en">
          Open the verifier and choose the files that you downloaded from a draw's page; it recomputes every
          step in your browser. Once it is open it talks to no server: the page's security policy makes the
          browser forbid every connection, and it works with the network unplugged.
        </span>
      </p>
      <div id="verify">
        <p class="row">
          <button
            type="button"
            id="open"
            disabled
            data-verifier={addressOf('/public/verifier.js', verifier())}
            data-integrity={integrityOf(verifier())}
          >
            打开核验程序{' '}
            <span lang="en">Open the verifier ({Math.ceil(verifier().gzip.byteLength / 1000)} kB)</span>
          </button>
        </p>
        <p role="status" id="opening" />
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
      <Programs />
      <script
        type="module"
        src={addressOf('/public/verify.js', opener())}
        integrity={integrityOf(opener())}
      />
    </>
  );
}

/** Whoever builds the same source gets the same files, and can compare. */
function Programs() {
  return (
    <>
      <h2>本页的程序 The programs of this page</h2>
      <dl>
        {(
          [
            ['verify.js', opener()],
            ['verifier.js', verifier()],
          ] as const
        ).map(([name, { bytes, hash }]) => (
          <>
            <dt>
              {name}，{bytes} 字节 <span lang="en">bytes</span>，SHA-256
            </dt>
            <dd>
              <code>{hash.toString('hex')}</code>
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}
