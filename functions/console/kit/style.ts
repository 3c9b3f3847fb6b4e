import { createHash } from 'node:crypto';

/** The console's one stylesheet: a file of its own that browsers keep, under the hash of what is in it. */
export const STYLE = `
:root { color-scheme: light; --ink: #1c2430; --soft: #f4f6f9; --line: #d5dbe3; --edge: #7b8794; --accent: #12508f; --bad: #9a1b1b; --good: #17693a; --soon: #6b4e00; --dim: #55606e; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: #fff; }
a { color: var(--accent); } .en { color: var(--dim); font-size: .85em; } h1 .en, h2 .en { font-weight: 400; }
h1 { font-size: 1.45rem; line-height: 1.3; margin: .2rem 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: .5rem; top: .5rem; background: #fff; padding: .5rem 1rem; z-index: 2; }
.top { background: var(--accent); color: #fff; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center; padding: .5rem 1rem; }
.top a { color: #fff; min-height: 1.75rem; display: inline-block; } .top strong { font-size: 1.1rem; } .top .who { margin-left: auto; } .top form { display: inline; }
.top .en { color: #dbe7f4; } .top button { background: transparent; border: 1px solid #fff; padding: .2rem .8rem; min-height: 2rem; }
.whole { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); max-width: 96rem; margin: 0 auto; }
.menu { grid-column: 1; grid-row: 1; border-right: 1px solid var(--line); padding: 1rem; } main { grid-column: 2; grid-row: 1; } .to-menu { display: none !important; } .menu h2 { font-size: .85rem; color: var(--dim); margin: 1rem 0 .2rem; font-weight: 600; } .menu h2:first-child { margin-top: 0; }
.menu ul { list-style: none; margin: 0; padding: 0; } .menu a { display: block; padding: .3rem .5rem; border-radius: .3rem; text-decoration: none; } .menu a:hover { background: var(--soft); } .menu [aria-current] { background: var(--soft); font-weight: 600; box-shadow: inset 3px 0 var(--accent); }
main { padding: 1rem 1.5rem 3rem; min-width: 0; }
.said { border: 1px solid var(--good); border-left-width: .4rem; background: #eef8f1; padding: .5rem 1rem; border-radius: .3rem; margin: 0 0 1rem; }
.refused { border: 1px solid var(--bad); border-left-width: .4rem; background: #fcf0f0; padding: .5rem 1rem; border-radius: .3rem; margin: 0 0 1rem; overflow-wrap: anywhere; } .refused p { margin: 0; } .refused ul { margin: .3rem 0 0; padding-left: 1.2rem; }
.outcome { border: 1px solid var(--line); border-left: .4rem solid var(--accent); background: var(--soft); padding: .5rem 1rem; border-radius: .3rem; margin: 1rem 0; }
.list { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; } .list caption { text-align: left; font-weight: 600; padding: .3rem 0; }
.list th, .list td { text-align: left; vertical-align: top; padding: .45rem .55rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } .list th { background: var(--soft); font-weight: 600; } .list th .en { display: block; font-weight: 400; }
.scroll { overflow-x: auto; } .number { text-align: right; font-variant-numeric: tabular-nums; } .none { color: var(--dim); border: 1px dashed var(--line); padding: .8rem 1rem; border-radius: .3rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: .6rem 1.2rem; margin: .5rem 0 1rem; } .facts dt { font-size: .9rem; color: var(--dim); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; border: 1px solid var(--edge); background: #fff; font-size: .9rem; white-space: nowrap; } .badge.good { border-color: var(--good); color: var(--good); background: #eef8f1; } .badge.soon { border-color: var(--soon); color: var(--soon); background: #fff7e0; } .badge.bad { border-color: var(--bad); color: var(--bad); background: #fcf0f0; font-weight: 600; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr)); gap: .8rem; margin: .5rem 0 1.2rem; padding: 0; list-style: none; } .cards > * { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; } .cards strong { display: block; font-size: 1.5rem; line-height: 1.3; } .cards a { display: block; text-decoration: none; }
.action { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0; max-width: 46rem; } .actions { display: flex; flex-wrap: wrap; gap: .8rem; align-items: start; } .actions .action { flex: 1 1 18rem; margin: 0; }
.field { margin: 0 0 .9rem; } label, legend { font-weight: 600; } label .en, legend .en { font-weight: 400; } fieldset { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .9rem .7rem; } .must { color: var(--bad); }
input, select, textarea { font: inherit; color: inherit; max-width: 100%; } input[type=text], input[type=date], input[type=datetime-local], input[type=number], select, textarea { display: block; width: 100%; padding: .45rem .6rem; border: 1px solid var(--edge); border-radius: .3rem; background: #fff; min-height: 2.6rem; } textarea { resize: vertical; } input[type=file] { width: 100%; padding: .5rem; border: 1px dashed var(--edge); border-radius: .3rem; background: var(--soft); }
.boxes { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; } .boxes label { font-weight: 400; min-height: 1.75rem; } input[type=checkbox], input[type=radio] { width: 1.15rem; height: 1.15rem; vertical-align: -.15rem; }
[aria-invalid=true] { border-color: var(--bad) !important; } .fault { color: var(--bad); font-weight: 600; margin: .2rem 0 0; } .hint { color: var(--dim); margin: .2rem 0 0; font-size: .9rem; }
button, .button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 1px solid var(--accent); border-radius: .3rem; padding: .45rem 1.1rem; cursor: pointer; min-height: 2.75rem; } .button { display: inline-block; text-decoration: none; } button .en { color: inherit; } button.danger { background: var(--bad); border-color: var(--bad); } button[disabled] { background: #6b7683; border-color: #6b7683; cursor: default; } button.quiet, .button.quiet { background: #fff; color: var(--accent); }
.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); gap: 0 .8rem; align-items: end; border-bottom: 1px solid var(--line); margin-bottom: 1rem; } .filters button { margin: 0 0 .9rem; } .clear { margin: 0 0 1.4rem; }
.life { padding-left: 1.3rem; } .life li { margin: .3rem 0; } .life time { font-variant-numeric: tabular-nums; margin-right: .4rem; color: var(--dim); } code { overflow-wrap: anywhere; font-size: .9em; } pre { overflow-x: auto; background: var(--soft); padding: .8rem; border-radius: .3rem; }
.thumb { max-width: 12rem; max-height: 9rem; border: 1px solid var(--line); border-radius: .3rem; } svg { max-width: 100%; height: auto; } .chart { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: .4rem; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
footer { border-top: 1px solid var(--line); color: var(--dim); font-size: .9rem; padding: 1rem; text-align: center; }
@media (max-width: 48rem) {
  .whole { display: block; } .menu { border: 0; border-top: 1px solid var(--line); } .menu a { padding: .6rem .5rem; } .to-menu { display: inline-block !important; } main { padding: 1rem; } .action button { width: 100%; }
  .list thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; } .list, .list tbody, .list tr, .list td, .list caption { display: block; } .list tr { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .7rem; padding: .3rem .6rem; } .list td { border: 0; padding: .2rem 0; } .list td[data-label]::before { content: attr(data-label) "："; color: var(--dim); } .number { text-align: left; }
}
@media print { .top, .menu, .skip, footer, form, .next { display: none; } .whole { display: block; } main { padding: 0; } }
`.trim();

/** Where the stylesheet is to be had: another style, another address. */
export const STYLE_PATH = `/console/assets/${createHash('sha256').update(STYLE).digest('hex').slice(0, 16)}.css`;
