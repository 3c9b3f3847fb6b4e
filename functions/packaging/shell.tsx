import type { ComponentChildren, VNode } from 'preact';
import { resultsOf } from '#domain/inspection/publication.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { pageText } from '#web/page.tsx';
import type { Shown } from './shown.ts';

const STYLE = `
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; color: #1c2430; font: 1rem/1.65 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.5rem; border-bottom: 3px solid #12508f; padding-bottom: .5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #b8c1cc; padding: .35rem .55rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f0f3f7; font-weight: 600; } .facts th { width: 11rem; } code { font-size: .8em; overflow-wrap: anywhere; }
a { color: #12508f; } small { color: #55606e; font-weight: 400; } .sign td { height: 4rem; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } a { color: inherit; text-decoration: none; } tr { break-inside: avoid; } @page { size: A4; margin: 15mm; } }
`;

/** A page that opens in ten years, without this software and without a network. */
export function page(title: string, content: VNode): string {
  return `${pageText({ title, style: STYLE, children: content })}\n`;
}

export function Row({
  zh,
  en,
  children,
}: {
  readonly zh: string;
  readonly en: string;
  readonly children: ComponentChildren;
}) {
  return (
    <tr>
      <th>
        {zh}
        <br />
        <small lang="en">{en}</small>
      </th>
      <td>{children}</td>
    </tr>
  );
}

export function Table({
  head,
  children,
}: {
  readonly head: readonly string[];
  readonly children: ComponentChildren;
}) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((title) => (
            <th key={title}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** The day of a moment in Shanghai, or a dash. */
export const on = (instant: Instant | undefined) => (instant === undefined ? '—' : dateInShanghai(instant));

/** The results in the words of the form. */
export function Results({ inspection: { record } }: Pick<Shown, 'inspection'>) {
  return (
    <>
      {record === undefined
        ? '—'
        : resultsOf(record.results)
            .map(({ code, text }) => `${code} ${text}`)
            .join('；')}
    </>
  );
}
