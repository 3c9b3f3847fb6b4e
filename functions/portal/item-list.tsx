import { checkMethodLabels, type Item } from '#domain/item/item.ts';
import { writeFrequency, writeLabels, writeRatio, writeStatutory } from '#domain/library/writing.ts';
import { Heading } from '#web/bilingual.tsx';
import { DataTable } from '#web/table.tsx';
import { NextPage } from './next-page.tsx';

interface Shown {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

const methodsOf = writeLabels(checkMethodLabels);

/** The list of check items 抽查事项清单: what is checked, by which law, by whom, how many and how often (articles 2, 4, 6). */
export function ItemList({ items, next }: Shown) {
  return (
    <>
      <Heading zh="抽查事项清单" en="List of check items, with the legal basis of each" />
      {items.length === 0 ? (
        <p>
          清单中没有更多事项。{' '}
          <span class="en" lang="en">
            There are no more items on the list.
          </span>
        </p>
      ) : (
        <DataTable
          id="items"
          caption={{ zh: '抽查事项', en: 'Check items' }}
          columns={[
            { zh: '编号', en: 'Code' },
            { zh: '事项', en: 'Matter' },
            { zh: '抽查依据', en: 'Legal basis' },
            { zh: '承担单位', en: 'Unit' },
            { zh: '抽查比例', en: 'Ratio by credit-risk class' },
            { zh: '抽查频次', en: 'Frequency' },
            { zh: '抽查方式', en: 'Method' },
          ]}
        >
          {items.map((item) => (
            <Row key={item.code} item={item} />
          ))}
        </DataTable>
      )}
      <NextPage list="/public/items" after={next} />
    </>
  );
}

function Row({ item }: { readonly item: Item }) {
  const { code, matter, subMatter, legalBasis, unit, ratio, frequency, statutory, methods } = item;
  return (
    <tr>
      <th scope="row">{code}</th>
      <td>
        {matter}
        {subMatter === undefined ? null : (
          <>
            <br />
            <small>{subMatter}</small>
          </>
        )}
      </td>
      <td>{legalBasis}</td>
      <td>{unit}</td>
      <td>{writeRatio(ratio)}</td>
      <td>
        {frequency === undefined ? '不限' : writeFrequency(frequency)}
        {statutory === undefined ? null : (
          <>
            <br />
            <small>法定：{writeStatutory(statutory)}</small>
          </>
        )}
      </td>
      <td>{methodsOf(methods)}</td>
    </tr>
  );
}
