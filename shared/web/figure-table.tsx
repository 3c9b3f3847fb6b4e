import type { Figure } from '#domain/figures/figures.ts';
import { figureTitles, rowsOf } from '#domain/figures/table.ts';

/** The rows of a figure as a table: what the picture beside it shows, for those who can't see it, and in full. */
export function FigureTable({ figure }: { readonly figure: Figure }) {
  const { header, rows } = rowsOf(figure);
  return (
    <table>
      <caption>{figureTitles[figure.figure]}</caption>
      <thead>
        <tr>
          {header.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join('\n')}>
            {row.map((cell, at) => (
              <td key={header[at]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
