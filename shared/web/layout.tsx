import { createHash } from 'node:crypto';
import type { ComponentChildren, VNode } from 'preact';
import type { Answer } from './answer.ts';
import { pageText } from './page.tsx';

const STYLE = `
:root { color-scheme: light; --ink: #1c2430; --line: #d5dbe3; --accent: #12508f; --soft: #f4f6f9; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.7 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 3px solid var(--accent); display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
header a { color: var(--accent); display: inline-block; padding: .2rem 0; } header .home { font-size: 1.15rem; font-weight: 700; color: inherit; text-decoration: none; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.2rem; margin: 0; padding: 0; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: .5rem; top: .5rem; background: #fff; padding: .5rem 1rem; z-index: 1; }
.doors { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; } .doors li { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; } .doors a { font-weight: 600; display: inline-block; padding: .2rem 0; } .doors p { margin: .2rem 0 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; } tbody th { background: none; }
td a, .row a, main p > a:only-child { display: inline-block; padding: .15rem 0; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line); }
th { background: var(--soft); font-weight: 600; } dt { font-weight: 600; } dd { margin: 0 0 .6rem; overflow-wrap: anywhere; }
a { color: var(--accent); } small, .en { color: #55606e; } code { overflow-wrap: anywhere; font-size: .9em; }
.late { color: #9a1b1b; font-weight: 600; } footer { border-top: 1px solid var(--line); margin-top: 3rem; font-size: .9rem; }
.scroll { overflow-x: auto; } .scroll th, .scroll td { min-width: 6.5em; } .scroll tbody th { min-width: 4em; } .scroll code { display: inline-block; min-width: 16em; }
.paragraph { margin: 0 0 1.2rem; } .paragraph p { margin: 0; overflow-wrap: anywhere; }
.life { padding-left: 1.4rem; } .life time { font-variant-numeric: tabular-nums; margin-right: .5rem; }
label, legend { font-weight: 600; } label .en, legend .en { font-weight: 400; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 1rem; padding: .6rem 1rem 1rem; } fieldset p { margin: .2rem 0 .6rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .3rem 0 1rem; }
input { font: inherit; color: inherit; max-width: 100%; } input[type=text] { flex: 1 1 14rem; min-width: 0; padding: .45rem .6rem; border: 1px solid #7b8794; border-radius: .3rem; }
textarea { font: inherit; color: inherit; display: block; width: 100%; min-height: 6rem; padding: .45rem .6rem; border: 1px solid #7b8794; border-radius: .3rem; resize: vertical; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 0 1rem; align-items: end; } .clear { align-self: center; }
select { font: inherit; color: inherit; display: block; width: 100%; padding: .45rem .6rem; border: 1px solid #7b8794; border-radius: .3rem; background: #fff; min-height: 2.6rem; }
.field { margin: 0 0 1rem; } .field input[type=text] { display: block; width: 100%; } .field .late { margin: .2rem 0 0; } [aria-invalid=true] { border-color: #9a1b1b !important; }
input[type=file] { width: 100%; padding: .5rem; border: 1px dashed #7b8794; border-radius: .3rem; background: var(--soft); }
button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: .3rem; padding: .5rem 1.2rem; cursor: pointer; min-height: 2.75rem; }
button[disabled] { background: #6b7683; cursor: default; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid #8a4b00; outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
progress { width: 100%; height: 1rem; accent-color: var(--accent); }
.answer, .verdict { border: 1px solid var(--line); border-left: .4rem solid var(--accent); background: var(--soft); border-radius: .3rem; padding: .6rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
.answer h2, .verdict h2 { margin: .2rem 0; } .verdict p, .answer p { margin: .4rem 0; }
.verdict.ok { border-left-color: #17693a; background: #eef8f1; } .verdict.failed { border-left-color: #9a1b1b; background: #fcf0f0; }
.steps { list-style: none; padding: 0; } .steps li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .8rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
.steps p { margin: 0; overflow-wrap: anywhere; } .steps strong { display: block; }
.mark { font-weight: 700; white-space: nowrap; } .mark small { display: block; font-weight: 400; } .mark.ok { color: #17693a; } .mark.failed { color: #9a1b1b; } .mark.not-checked { color: #6b4e00; }
@media (max-width: 34rem) { header, main, footer { padding: .8rem; } h1 { font-size: 1.3rem; } .steps li { grid-template-columns: 1fr; } .mark small { display: inline; margin-left: .4rem; } button { width: 100%; } }
@media print { header nav, .skip, form, button, footer { display: none; } .scroll { overflow: visible; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What a page may do beyond being read. */
export interface Allowance {
  /** Send a form to this site. */
  readonly forms?: boolean;
  /** Run scripts of this site. They still can't send anything: no policy of ours has a `connect-src`, so the browser forbids it. */
  readonly scripts?: boolean;
}

/** Nothing is loaded from anywhere: one inline style, by its hash, and what is allowed beside it. */
function policyFor({ forms = false, scripts = false }: Allowance): string {
  return [
    "default-src 'none'",
    ...(scripts ? ["script-src 'self'"] : []),
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

const SECTIONS = [
  ['/public/inspections', '结果', 'Results'],
  ['/public/draws', '抽取', 'Draws'],
  ['/public/plans', '计划', 'Plans'],
  ['/public/items', '事项', 'Items'],
  ['/public/directory', '名录库', 'Directory'],
  ['/public/verify', '核验', 'Verify'],
  ['/public/ledger', '账本', 'Ledger'],
  ['/public/api', '接口', 'API'],
] as const;

/** What stands around every public page. */
function Layout({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        跳到正文 <span lang="en">Skip to content</span>
      </a>
      <header>
        <a class="home" href="/public">
          明抽 双随机、一公开
        </a>
        <nav aria-label="公示栏目 Sections">
          <ul>
            {SECTIONS.map(([path, zh, en]) => (
              <li key={path}>
                <a href={path}>
                  {zh} <span lang="en">{en}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer>
        依据《触发式“双随机、一公开”监管工作细则》公示。抽取过程可由任何人复核。
        <br />
        <small lang="en">
          Published under the rules on trigger-based supervision. Anyone can verify the draws.
        </small>
      </footer>
    </>
  );
}

/** The same page with another status, which nobody may keep: it answers one reader's request. */
export function asAnswer(status: number, page: Answer): Answer {
  return { ...page, status, headers: { ...page.headers, 'cache-control': 'no-store' } };
}

/** A whole page. Everything in it is escaped; unless it is allowed more, it runs no script, sends no form and loads nothing. */
export function htmlPage(
  title: string,
  content: VNode,
  maxAgeSeconds: number,
  allowed: Allowance = {},
): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor(allowed),
      'cache-control': `public, max-age=${maxAgeSeconds}`,
      vary: 'accept',
    },
    body: pageText({ title: `${title} · 明抽`, style: STYLE, children: <Layout>{content}</Layout> }),
  };
}
