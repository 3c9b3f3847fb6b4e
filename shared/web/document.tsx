import { createHash } from 'node:crypto';
import type { VNode } from 'preact';
import type { Answer } from './answer.ts';
import { pageText } from './page.tsx';

/** A sheet of A4: what is on the screen is what is printed. */
const STYLE = `
:root { color-scheme: light; --ink: #000; --line: #333; --soft: #555; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ecf0; color: var(--ink); font: 10.5pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; }
main { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 15mm 14mm; background: #fff; }
main.wide { width: 297mm; min-height: 210mm; }
h1 { font: 600 18pt/1.4 "Heiti SC", SimHei, "Noto Sans CJK SC", sans-serif; text-align: center; margin: 0; letter-spacing: .1em; }
h1 + p { text-align: center; margin: 0 0 4mm; }
.en { font: 8pt/1.3 system-ui, sans-serif; color: var(--soft); }
th .en, td .en { display: block; font-weight: 400; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0 0 -1px; }
th, td { border: 1px solid var(--line); padding: 1.2mm 1.8mm; vertical-align: middle; text-align: left; overflow-wrap: anywhere; white-space: pre-line; }
th { font-weight: 600; text-align: center; background: #f3f4f6; padding: 1.2mm .8mm; }
thead { display: table-header-group; } tr, .keep { break-inside: avoid; }
.tall { height: 16mm; vertical-align: top; } .right { text-align: right; } .centre { text-align: center; }
p { margin: 0 0 2.5mm; } p.indent { text-indent: 2em; text-align: justify; }
.facts { display: flex; flex-wrap: wrap; gap: 1mm 8mm; margin: 0 0 3mm; }
.w1 { width: 5%; } .w2 { width: 8.5%; } .w3 { width: 14%; } .w4 { width: 18%; } .w5 { width: 24%; }
.wide table { font-size: 9pt; } .date { white-space: pre; padding: 1.2mm 1mm; text-align: center; } .box { display: inline-block; margin-right: 1em; }
.late { font-weight: 700; } .sign { margin-top: 12mm; text-align: right; } code { font-size: 8pt; overflow-wrap: anywhere; }
@page { size: A4; margin: 15mm 14mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
@page wide { size: A4 landscape; margin: 12mm; }
@media print { body { background: none; } main, main.wide { width: auto; min-height: 0; margin: 0; padding: 0; } main.wide { page: wide; } nav { display: none; } th { print-color-adjust: exact; } }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded, run or sent: a document opens from an archive, by itself, as it opened here. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A document that prints on A4, as one HTML text that needs nothing else. `wide`: across the paper, for tables with many columns. */
export function documentText(title: string, content: VNode, wide = false): string {
  const children = <main {...(wide ? { class: 'wide' } : {})}>{content}</main>;
  return pageText({ title, style: STYLE, children });
}

/** The same as an answer to whoever may read it: it names people, and nobody keeps it on the way. */
export function documentAnswer(html: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      vary: 'accept',
    },
    body: html,
  };
}
