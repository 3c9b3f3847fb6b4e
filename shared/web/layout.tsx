import { createHash } from 'node:crypto';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Answer } from './answer.ts';

const STYLE = `
:root { color-scheme: light; --ink: #1c2430; --line: #d5dbe3; --accent: #12508f; --soft: #f4f6f9; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.7 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 3px solid var(--accent); display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
header strong { font-size: 1.15rem; } header a { color: var(--accent); }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line); }
th { background: var(--soft); font-weight: 600; } dt { font-weight: 600; } dd { margin: 0 0 .6rem; overflow-wrap: anywhere; }
a { color: var(--accent); } small, .en { color: #55606e; } code { overflow-wrap: anywhere; font-size: .9em; }
.late { color: #9a1b1b; font-weight: 600; } footer { border-top: 1px solid var(--line); margin-top: 3rem; font-size: .9rem; }
.scroll { overflow-x: auto; } .scroll th, .scroll td { min-width: 6.5em; } .scroll td:first-child { min-width: 8em; }
@media print { header nav, footer { display: none; } }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded from anywhere: one inline style, by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface Shell {
  readonly title: string;
  readonly children: ComponentChildren;
}

function Layout({ title, children }: Shell) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · 明抽`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <strong>明抽 双随机、一公开</strong>
          <nav>
            <a href="/public/inspections">抽查结果公示 Results</a>
          </nav>
        </header>
        <main>{children}</main>
        <footer>
          依据《触发式“双随机、一公开”监管工作细则》公示。抽取过程可由任何人复核。
          <br />
          <small lang="en">
            Published under the rules on trigger-based supervision. Anyone can verify the draws.
          </small>
        </footer>
      </body>
    </html>
  );
}

/** A whole page. Everything in it is escaped; it runs no script and loads nothing. */
export function htmlPage(title: string, content: VNode, maxAgeSeconds: number): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': `public, max-age=${maxAgeSeconds}`,
      vary: 'accept',
    },
    body: `<!doctype html>${renderToString(<Layout title={title}>{content}</Layout>)}`,
  };
}
