import { Badge, Facts } from '#console/kit/list.tsx';
import { EVERYBODY, type Asked, type Page } from '#console/kit/page.ts';
import type { LedgerCheck } from '#contracts/api/portal.ts';

const FIRST_HASH = '0'.repeat(64);

const ledger: Page = {
  path: '/ledger',
  roles: EVERYBODY,
  nav: { group: 'watch', words: ['账本核验', 'Ledger check'] },
  show: async ({ api, query }: Asked) => {
    const { after = '0', hash = FIRST_HASH } = query;
    // Nobody has asked yet: nothing is verified by looking at a menu.
    if (query['verify'] === undefined) {
      return { title: '账本核验', content: <Begin /> };
    }
    const check = await api.call('GET /public/ledger/check', { query: { after } });
    return {
      title: '账本核验',
      // Part by part until the head: each page hands on the link that the next part has to hang on.
      content: <Checked check={check} expected={hash} />,
    };
  },
};

function Begin() {
  return (
    <>
      <p>
        账本记录每次抽查、公示和更正，各条以哈希相连，任何改动都会使其后的链断开。本页分段重新计算全部哈希，每段至多
        2000 条。
        <br />
        <span class="en" lang="en">
          Each entry of the ledger carries the hash of the one before it. This recomputes them, at most 2,000
          entries at a time.
        </span>
      </p>
      <p>
        <a class="button" href="/console/ledger?verify=yes">
          开始核验 Verify
        </a>
      </p>
      <PublicLink />
    </>
  );
}

function PublicLink() {
  return (
    <p>
      任何人都可以自行核验 Anybody can verify it: <a href="/public/ledger">公开账本 Public ledger</a>
    </p>
  );
}

/** Whether a part hangs on the part before, links in itself, and what comes after it. */
function Checked({ check, expected }: { readonly check: LedgerCheck; readonly expected: string }) {
  const { from, to, whole, broken, start, end, head, next } = check;
  const hangs = start === undefined || start.hash === expected;
  const breaks =
    broken ?? (hangs ? undefined : { seq: from, why: '与上一段不相连 does not hang on the part before' });
  return (
    <>
      <p role="status">
        {breaks !== undefined || !whole ? (
          <Badge tone="bad">账本断裂 Broken{breaks === undefined ? '' : `：第 ${breaks.seq} 条`}</Badge>
        ) : next === undefined ? (
          <Badge tone="good">账本完整 Whole：1 至 {to}</Badge>
        ) : (
          <Badge tone="soon">
            已核验至第 {to} 条，共 {head.seq} 条 Verified so far
          </Badge>
        )}
      </p>
      <Facts
        facts={[
          { words: ['本段', 'This part'], value: `${from} – ${to}` },
          { words: ['断裂处', 'Where it breaks'], value: breaks?.seq },
          { words: ['原因', 'Why'], value: breaks?.why },
          {
            words: ['本段末条哈希', 'Hash at its end'],
            value: end === undefined ? undefined : <code>{end.hash}</code>,
          },
          { words: ['最新一条', 'Newest entry'], value: head.seq },
          { words: ['最新哈希', 'Newest hash'], value: <code>{head.hash}</code> },
        ]}
      />
      {next === undefined || breaks !== undefined || end === undefined ? (
        <p>
          <a class="button quiet" href="/console/ledger?verify=yes">
            重新核验 Verify again
          </a>
        </p>
      ) : (
        <p>
          <a class="button" href={`/console/ledger?verify=yes&after=${next}&hash=${end.hash}`}>
            核验下一段 Verify the next part
          </a>
        </p>
      )}
      <PublicLink />
    </>
  );
}

export const ledgerPages: readonly Page[] = [ledger];
