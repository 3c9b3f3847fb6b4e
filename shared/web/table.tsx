import type { ComponentChildren } from 'preact';

interface Words {
  readonly zh: string;
  /** Absent where the Chinese word is a sign in both languages, as a class is. */
  readonly en?: string;
}

interface Shown {
  /** Names the table among others of its page. */
  readonly id: string;
  readonly caption: Words;
  readonly columns: readonly Words[];
  readonly children: ComponentChildren;
}

/**
 * A table with its caption and heads. Where it is wider than the screen it alone is scrolled, by the keyboard too: the page
 * never is.
 */
export function DataTable({ id, caption, columns, children }: Shown) {
  return (
    <div class="scroll" role="region" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id}>
          <Both {...caption} />
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column.zh}>
                <Both {...column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Both({ zh, en }: Words) {
  return (
    <>
      {zh}
      {en === undefined ? null : (
        <>
          {' '}
          <span class="en" lang="en">
            {en}
          </span>
        </>
      )}
    </>
  );
}
