import type { ComponentChildren } from 'preact';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The title of a document, with its English name under it. */
export function Heading({ zh, en }: Words) {
  return (
    <>
      <h1>{zh}</h1>
      <p class="en" lang="en">
        {en}
      </p>
    </>
  );
}

interface Header extends Words {
  readonly span?: number;
  readonly width?: 'w1' | 'w2' | 'w3' | 'w4' | 'w5';
}

/** The label of a cell or a column. */
export function Label({ zh, en, span, width }: Header) {
  return (
    <th {...(span === undefined ? {} : { colSpan: span })} {...(width === undefined ? {} : { class: width })}>
      {zh}
      <span class="en" lang="en">
        {en}
      </span>
    </th>
  );
}

interface Row extends Words {
  readonly span: number;
  /** Leaves room to write by hand. */
  readonly tall?: boolean;
  readonly children: ComponentChildren;
}

/** A row of one label and one wide cell. */
export function WideRow({ zh, en, span, tall = false, children }: Row) {
  return (
    <tr>
      <Label zh={zh} en={en} />
      <td colSpan={span} {...(tall ? { class: 'tall' } : {})}>
        {children}
      </td>
    </tr>
  );
}
