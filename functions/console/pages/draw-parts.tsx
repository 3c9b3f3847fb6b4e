import { Badge, Facts, List } from '#console/kit/list.tsx';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import type { Words } from '#console/kit/page.ts';
import { beaconMeaning } from '#domain/draw/beacon.ts';
import type { Draw } from '#domain/draw/draw.ts';
import type { QuotaRule } from '#domain/draw/quota.ts';
import { creditClassLabels } from '#domain/subject/subject.ts';
import type { Instant } from '#domain/time/time.ts';

/** A draw as the API shows it: with the inspections themselves instead of their number. */
type ShownDraw = Omit<Draw, 'inspections'> & { readonly inspections: readonly unknown[] };

interface OfDraw {
  readonly draw: ShownDraw;
}

const classes = new Map<string, string>(Object.entries(creditClassLabels));

/** A share in basis points as people write it: 250 is 2.5%. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/** How many of each class are drawn (article 6). */
export function RuleOf({ rule }: { readonly rule: QuotaRule }) {
  const parts =
    rule.mode === 'ratio'
      ? Object.entries(rule.basisPoints).map(([name, share]) => `${name} ${percent(share)}`)
      : Object.entries(rule.weights).map(([name, weight]) => `${name} 权重 ${weight}`);
  return (
    <>
      {rule.mode === 'count' ? `共 ${rule.count} 户，` : ''}
      {parts.join('，')}
    </>
  );
}

interface Step {
  readonly words: Words;
  readonly at: Instant | undefined;
  /** What there is to say beside. */
  readonly note?: string | undefined;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

/** The steps of a draw's life, those that are done with their time (see `Order of events` of docs/verify.md). */
function stepsOf(draw: ShownDraw): Step[] {
  const { proposedAt, approvedAt, committed, awaited, arrived, drawn, matched, dispatchedAt, closedAt } =
    draw;
  const { gathering, inspections, voided } = draw;
  const poolSize = committed === undefined ? undefined : sum(committed.commitment.pool.size);
  const steps: Step[] = [
    { words: ['拟定', 'Proposed'], at: proposedAt },
    { words: ['批准', 'Approved'], at: approvedAt },
    {
      words: ['冻结名单并公布承诺', 'Pool frozen, commitment published'],
      at: committed?.at,
      note:
        poolSize === undefined
          ? gathering && `汇集第 ${gathering.step} 步 step ${gathering.step}`
          : `名单 ${poolSize} 户 objects`,
    },
    {
      words: ['信标到达', 'Beacon arrived'],
      at: arrived?.at ?? drawn?.at,
      note:
        awaited !== undefined && committed?.commitment.beacon.kind === 'announced'
          ? `已录入 ${awaited.entries.length} 次 entries`
          : undefined,
    },
    {
      words: ['抽出检查对象', 'Drawn'],
      at: drawn?.at,
      note: drawn && `抽中 ${drawn.selected} 户 selected`,
    },
    { words: ['确定检查人员', 'Teams made'], at: matched?.at },
    {
      words: ['派发', 'Dispatched'],
      at: dispatchedAt,
      note: dispatchedAt === undefined ? undefined : `检查 ${inspections.length} 户 inspections`,
    },
    { words: ['办结', 'Closed'], at: closedAt },
  ];
  return voided === undefined
    ? steps
    : [
        ...steps.filter(({ at }) => at !== undefined),
        { words: ['作废', 'Voided'], at: voided.at, note: voided.reason },
      ];
}

/** How far the draw is, in the order in which it goes. */
export function Life({ draw }: OfDraw) {
  const { awaited, arrived } = draw;
  return (
    <>
      <ol class="life">
        {stepsOf(draw).map(({ words, at, note }) => (
          <li key={words[0]}>
            {at === undefined ? <Badge tone="plain">待办 To come</Badge> : <Time at={at} />}{' '}
            <Two words={words} />
            {note === undefined ? '' : `（${note}）`}
          </li>
        ))}
      </ol>
      {awaited === undefined || arrived !== undefined || draw.voided !== undefined ? null : (
        <p>
          <Two words={['信标最早于此时可用：', 'The beacon is there from:']} /> <Time at={awaited.readyAt} />
        </p>
      )}
    </>
  );
}

/** What the commitment fixed, before the randomness was known (article 5). */
export function Fixed({ draw: { committed, drawn } }: OfDraw) {
  if (committed === undefined) return null;
  const { commitment, hash } = committed;
  const { pool, quota, beacon } = commitment;
  const meaning = beaconMeaning(beacon);
  return (
    <>
      <h2>
        <Two words={['已公布的承诺', 'What was committed to']} />
      </h2>
      <List
        caption={['名单与抽取数，按信用风险类别', 'Pool and quota by credit-risk class']}
        none={['名单为空。', 'The pool is empty.']}
        rows={Object.entries(pool.size)}
        keyOf={([name]) => name}
        columns={[
          { words: ['类别', 'Class'], cell: ([name]) => classes.get(name) ?? name },
          { words: ['名单户数', 'In the pool'], cell: ([, size]) => size },
          { words: ['抽取户数', 'To draw'], cell: ([name]) => quota[name] ?? 0 },
        ]}
      />
      <p>
        <Two words={[meaning.zh, meaning.en]} />
      </p>
      <Facts
        facts={[
          { words: ['承诺哈希', 'Commitment hash'], value: <code>{hash}</code> },
          { words: ['名单根', 'Pool root'], value: <code>{pool.root}</code> },
          {
            words: ['信标', 'Beacon'],
            value:
              beacon.kind === 'drand'
                ? `drand ${beacon.round}`
                : beacon.kind === 'announced'
                  ? beacon.source
                  : '系统封存 sealed',
          },
          {
            words: ['信标的值', "The beacon's value"],
            value: drawn === undefined ? undefined : <code>{drawn.beaconValue}</code>,
          },
          {
            words: ['随机种子', 'Seed'],
            value: drawn === undefined ? undefined : <code>{drawn.seed}</code>,
          },
        ]}
      />
    </>
  );
}
