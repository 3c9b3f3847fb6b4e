import { GENESIS, type LedgerEntry } from '#domain/ledger/ledger.ts';
import { Heading } from '#web/bilingual.tsx';
import { DataTable } from '#web/table.tsx';
import { Moment } from './draw-status.tsx';

interface Shown {
  /** The last ones, the newest first. */
  readonly entries: readonly LedgerEntry[];
}

/** Where the ledger stands, its last entries, and how anybody verifies all of it. */
export function LedgerPage({ entries }: Shown) {
  const [head] = entries;
  return (
    <>
      <Heading zh="账本" en="The ledger: everything that happened, each entry chained to the one before" />
      <section class="answer" aria-labelledby="head">
        <h2 id="head">现状 Where it stands</h2>
        <dl>
          <dt>
            条目数{' '}
            <span class="en" lang="en">
              Entries
            </span>
          </dt>
          <dd>{head?.seq ?? 0}</dd>
          <dt>
            末条哈希{' '}
            <span class="en" lang="en">
              Hash of the last one
            </span>
          </dt>
          <dd>
            <code>{head?.hash ?? GENESIS}</code>
          </dd>
        </dl>
      </section>
      <Verifying />
      {entries.length === 0 ? null : <Last entries={entries} />}
    </>
  );
}

function Verifying() {
  return (
    <>
      <h2>如何核验 How to verify it</h2>
      <ol>
        <li>
          记下条目数和末条哈希；以后的账本在该序号处必须仍是这个哈希，否则此前的内容被改动过。
          <br />
          <span class="en" lang="en">
            Write down the number and the hash: the ledger must have the same hash at that number for ever. If
            it has not, something before was changed.
          </span>
        </li>
        <li>
          在命令行重新计算每一条{' '}
          <span class="en" lang="en">
            Recompute every entry in a terminal
          </span>
          : <code>npm run --silent mingchou -- ledger verify</code>
        </li>
        <li>
          或自行计算：每条的哈希是该条其余内容（含上一条的哈希）按 RFC 8785 规范化后的 SHA-256；首条的上一条为
          64 个零。
          <br />
          <span class="en" lang="en">
            Or with a program of your own: the hash of an entry is SHA-256 of the RFC 8785 form of everything
            else in it, the hash before included; before the first there are 64 zeros.
          </span>{' '}
          <a href="/public/ledger?format=json">全部条目 All entries (JSON)</a>
          {' · '}
          <a href="/public/schema.json">JSON Schema</a>
        </li>
      </ol>
    </>
  );
}

function Last({ entries }: Shown) {
  return (
    <>
      <h2>最近的条目 Last entries</h2>
      <DataTable
        id="entries"
        caption={{ zh: `最近 ${entries.length} 条，最新的在前`, en: 'The newest first' }}
        columns={[
          { zh: '序号', en: 'No.' },
          { zh: '时间', en: 'Time' },
          { zh: '事件', en: 'Event' },
          { zh: '对象', en: 'About' },
          { zh: '哈希', en: 'Hash' },
        ]}
      >
        {entries.map(({ seq, time, type, about, hash }) => (
          <tr key={seq}>
            <th scope="row">{seq}</th>
            <td>
              <Moment at={time} />
            </td>
            <td>
              <code>{type}</code>
            </td>
            <td>
              <code>{about}</code>
            </td>
            <td>
              <code>{hash}</code>
            </td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}
