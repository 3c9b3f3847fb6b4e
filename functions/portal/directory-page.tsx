import type { UnitFigures } from '#domain/inspector/figures.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { Heading } from '#web/bilingual.tsx';
import { DataTable } from '#web/table.tsx';

interface Shown {
  readonly on: CalendarDate;
  readonly units: readonly UnitFigures[];
}

/** Whom the units can send, in figures: no name and no number of anybody. */
export function DirectoryPage({ on, units }: Shown) {
  return (
    <>
      <Heading zh="执法检查人员名录库" en="The directory of inspectors, in figures" />
      <p>
        截至 {on}。只统计在岗人员；执法证在有效期内且培训合格的人员才会被抽取（第五条）。不公布姓名和编号。
        <br />
        <span class="en" lang="en">
          As of {on}, of those in service. Only who is certified and trained is drawn (article 5). No name and
          no number is published.
        </span>
      </p>
      {units.length === 0 ? (
        <p>
          名录库中尚无人员。{' '}
          <span class="en" lang="en">
            Nobody is in the directory yet.
          </span>
        </p>
      ) : (
        <DataTable
          id="units"
          caption={{ zh: '各单位执法检查人员数', en: 'Inspectors of each unit' }}
          columns={[
            { zh: '单位', en: 'Unit' },
            { zh: '在岗', en: 'In service' },
            { zh: '执法证有效', en: 'Certificate valid' },
            { zh: '培训合格', en: 'Trained' },
            { zh: '可被抽取', en: 'Certified and trained' },
          ]}
        >
          {units.map(({ unit, inspectors, certified, trained, ready }) => (
            <tr key={unit}>
              <th scope="row">{unit}</th>
              <td>{inspectors}</td>
              <td>{certified}</td>
              <td>{trained}</td>
              <td>{ready}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </>
  );
}
