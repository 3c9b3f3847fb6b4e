import type { ComponentChildren } from 'preact';
import { addressOf, type Words } from './page.ts';
import { Two } from './words.tsx';

export interface Column<Row> {
  readonly words: Words;
  readonly cell: (row: Row) => ComponentChildren;
}

interface ListProps<Row> {
  readonly caption: Words;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What is said when there is no row, and what to do about it. */
  readonly none: Words;
}

/** A table; on a phone each row stands as a card, with the column's name before each value. */
export function List<Row>({ caption, columns, rows, keyOf, none }: ListProps<Row>) {
  if (rows.length === 0) {
    return (
      <p class="none">
        <Two words={none} />
      </p>
    );
  }
  return (
    <table class="list">
      <caption>
        <Two words={caption} />
      </caption>
      <thead>
        <tr>
          {columns.map(({ words }) => (
            <th key={words[0]} scope="col">
              <Two words={words} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ words, cell }) => (
              <td key={words[0]} data-label={words[0]}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Fact {
  readonly words: Words;
  readonly value: ComponentChildren;
}

/** What is known of one thing: names and values, those that are not there left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(({ value }) => value !== undefined && value !== null && value !== '')
        .map(({ words, value }) => (
          <div key={words[0]}>
            <dt>
              <Two words={words} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export type Tone = 'plain' | 'good' | 'soon' | 'bad';

/** A state in words, with a colour beside it. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

interface Filter {
  readonly name: string;
  readonly words: Words;
  /** Without options: a text. */
  readonly options?: readonly { readonly value: string; readonly words: Words }[];
}

interface FiltersProps {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly filters: readonly Filter[];
}

/** A form that asks the same page for less; its answer has an address of its own, to be kept or sent to somebody. */
export function Filters({ path, query, filters }: FiltersProps) {
  return (
    <form method="get" action={path} class="filters" role="search">
      {filters.map(({ name, words, options }) => (
        <div class="field" key={name}>
          <label for={`filter-${name}`}>
            <Two words={words} />
          </label>
          {options === undefined ? (
            <input type="text" id={`filter-${name}`} name={name} value={query[name] ?? ''} />
          ) : (
            <select id={`filter-${name}`} name={name}>
              <option value="">全部 All</option>
              {options.map((option) => (
                <option key={option.value} value={option.value} selected={option.value === query[name]}>
                  {option.words[0]} {option.words[1]}
                </option>
              ))}
            </select>
          )}
        </div>
      ))}
      <button type="submit" class="plain">
        筛选 <span class="en">Filter</span>
      </button>
      <a href={path} class="clear">
        清除 <span class="en">Clear</span>
      </a>
    </form>
  );
}

/** The link to the rows that follow; nothing where there are none. */
export function Next({
  path,
  query,
  next,
}: {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly next: string | undefined;
}) {
  return next === undefined ? null : (
    <p class="next">
      <a href={addressOf({ path, query: { ...query, after: next } })}>下一页 Next page</a>
    </p>
  );
}
