import { ACTIVITY, REASONS, SIZES, type Activity } from '#infra/cost/activity.ts';
import { monthOf, type Bill, type Costs, type Month } from '#infra/cost/bill.ts';
import { measuredCosts, Operation, operations, type Usage } from '#infra/cost/measured.ts';
import { PRICES } from '#infra/cost/prices.ts';
import { plus } from '#infra/cost/usage.ts';
import { code, page, table } from './markdown.ts';

const SERVICES: readonly (readonly [keyof Bill, string])[] = [
  ['writes', 'DynamoDB, writing'],
  ['reads', 'DynamoDB, reading'],
  ['storage', 'DynamoDB, storage'],
  ['backup', 'DynamoDB, point-in-time recovery'],
  ['lambda', 'Lambda (estimate)'],
  ['events', 'EventBridge'],
  ['api', 'API Gateway'],
  ['files', 'S3'],
  ['logs', 'CloudWatch Logs'],
  ['watching', 'CloudWatch metrics and alarms'],
];
const SHOWN = 4;
/** Nothing of anything. */
const NEVER: Activity['perThousand'] = {
  'import-new': 0,
  'import-unchanged': 0,
  'import-changed': 0,
  'class-same': 0,
  'class-other': 0,
  'scan-first': 0,
  'scan-quiet': 0,
  'scan-warned': 0,
  complaint: 0,
  decision: 0,
  draw: 0,
  'pool-object': 0,
  'drawn-object': 0,
  inspection: 0,
  archive: 0,
  reminder: 0,
  'staff-read': 0,
  'public-read': 0,
};

/** What other habits would do to the bill: one thing changed, the rest as it is. */
const CHANGES: readonly { readonly what: string; readonly change: Partial<Activity['perThousand']> }[] = [
  {
    what: "the month's class file names everybody with the new day, changed or not",
    change: { 'class-same': 980, 'scan-quiet': 1012 },
  },
  { what: 'the whole register is imported every day', change: { 'import-unchanged': 29_982 } },
  {
    what: 'a rule about subjects changes, and the whole library is looked at once more (`passPerDay` of `cdk.json` each morning: 50,000)',
    change: { 'scan-quiet': 1032 },
  },
  {
    what: 'twice the inspections',
    change: { 'drawn-object': 5, inspection: 4.8, archive: 4.8, reminder: 19 },
  },
  {
    what: 'ten times the complaints',
    change: { complaint: 100, decision: 90, reminder: 57, 'scan-warned': 40 },
  },
];

/** docs/cost.md: what an installation pays, from what the bench measured. */
export function costPage(): string {
  const { measuredOn, engine, node, operations: costs } = measuredCosts();
  const months = SIZES.map(({ subjects }) => monthOf(subjects, costs, ACTIVITY, PRICES));
  return page(
    'Cost 费用',
    'docs/cost.json, infra/cost/activity.ts and infra/cost/prices.ts',
    `What a month costs on AWS, from capacity that was measured and from activity and prices that are assumed. Nothing here was read
from a bill: no installation has run on AWS yet.

## A month`,
    monthTable(months),
    dominating(months),
    beginning(costs),
    `## What would change it

A month with one habit changed, and the difference:`,
    changesTable(costs, months),
    unitsSection(costs, `Measured on ${measuredOn} on ${engine}, Node ${node}.`),
    assumptionsSection(),
    pricesSection(),
    LIMITS,
    REDO,
  );
}

function monthTable(months: readonly Month[]): string {
  const head = SIZES.map(({ name, subjects }) => `${name}, ${count(subjects)} subjects`);
  const services = SERVICES.map(([key, label]) => [label, ...months.map(({ bill }) => dollars(bill[key]))]);
  return table(
    ['US dollars a month', ...head],
    [...services, ['**all**', ...months.map(({ total }) => `**${dollars(total)}**`)]],
  );
}

/** What takes most, of each size. */
function dominating(months: readonly Month[]): string {
  const lines = months.map(({ bill, total, byOperation }, at) => {
    const service = SERVICES.toSorted(([a], [b]) => bill[b] - bill[a])
      .slice(0, 2)
      .map(([key, label]) => `${label} ${percent(bill[key] / total)}`)
      .join(', ');
    const done = byOperation.reduce((sum, [, part]) => sum + part, 0);
    const operation = byOperation
      .slice(0, SHOWN)
      .map(([name, part]) => `${operations[name].en} ${percent(part / done)}`)
      .join('; ');
    return `- **${SIZES[at]?.name ?? ''}**: of all ${dollars(total)}, ${service}. Of the ${dollars(done)} for what is done: ${operation}.`;
  });
  return `What dominates:\n\n${lines.join('\n')}`;
}

/** What a new installation pays besides, for the first import of its libraries and the first look at every subject. */
function beginning(costs: Costs): string {
  const first: Activity = {
    ...ACTIVITY,
    perThousand: {
      ...NEVER,
      'import-new': 1000,
      'class-other': 1000,
      'scan-first': 1000,
    },
  };
  const parts = SIZES.map(({ name, subjects }) => {
    const { byOperation } = monthOf(subjects, costs, { ...first, days: 0 }, PRICES);
    return `${name} ${dollars(byOperation.reduce((sum, [, part]) => sum + part, 0))}`;
  });
  return `Once, at the beginning, for the import of every subject and its class and the first scan of it: ${parts.join(', ')}.`;
}

function changesTable(costs: Costs, months: readonly Month[]): string {
  return table(
    ['if', ...SIZES.map(({ name }) => name)],
    CHANGES.map(({ what, change }) => [
      what,
      ...SIZES.map(({ subjects }, at) => {
        const changed = { ...ACTIVITY, perThousand: { ...ACTIVITY.perThousand, ...change } };
        const { total } = monthOf(subjects, costs, changed, PRICES);
        return `${dollars(total)} (${signed(total - (months[at]?.total ?? 0))})`;
      }),
    ]),
  );
}

function unitsSection(costs: Costs, when: string): string {
  return `## Units of each thing done

${when} Each figure is the difference between two runs of the whole stack on one machine, in which everything that followed from
the work (relay, ledger, messages) is counted; what a run takes however many there are is in the second table. A
write inside of a transaction counts twice, as it is paid. *write* holds the indexes' part, in brackets; *ledger* is the ledger's table; *GB of
them* is the memory of the invocations' functions, added up.

${unitsTable(Operation.options.map((name) => [operationName(name), runsOf(costs[name].runs), costs[name].each]))}
${wholeInspection(costs)}

What a run takes besides, however many are in it:

${unitsTable(
  Operation.options.flatMap((name) => {
    const { fixed, runs } = costs[name];
    return fixed === undefined || !FIXED_TOLD.has(name) ? [] : [[operationName(name), runsOf(runs), fixed]];
  }),
)}`;
}

/** What one inspection takes from the draw that sends it out to its archive, by the two people of a team and all that follows. */
function wholeInspection(costs: Costs): string {
  const parts = ['drawn-object', 'inspection', 'archive'] as const;
  const { read, write, indexWrite, ledgerWrite } = parts
    .map((name) => costs[name].each)
    .reduce((sum, part) => plus(sum, part));
  return `One inspection from its dispatch to its archive uses **${units(write)} write units** (${units(indexWrite)} of them in indexes), ${units(ledgerWrite)} of the
ledger and **${units(read)} read units**: the object that is drawn and assigned, the inspection, and its archive. Each deadline that is reminded of and each time that somebody looks at it comes besides.`;
}

/** Where a run is a thing of its own: a file, a scan. Of the others it is only how the stream happened to be cut into batches. */
const FIXED_TOLD: ReadonlySet<Operation> = new Set([
  'import-new',
  'import-changed',
  'class-other',
  'scan-quiet',
]);

function operationName(name: Operation): string {
  const { zh, en } = operations[name];
  return `${zh} ${en}`;
}

/** The runs whose difference it is. */
function runsOf(runs: readonly number[]): string {
  return runs.join(', ');
}

function unitsTable(rows: readonly (readonly [string, string, Usage])[]): string {
  return table(
    [
      'one',
      'runs of',
      'read',
      'write (indexes)',
      'ledger',
      'events',
      'invocations',
      'GB of them',
      'requests',
      'bytes kept',
      'bytes of log',
    ],
    rows.map(([name, runs, used]) => [
      name,
      runs,
      units(used.read),
      `${units(used.write)} (${units(used.indexWrite)})`,
      units(used.ledgerWrite),
      units(used.events),
      units(used.invocations),
      units(used.memory),
      units(used.requests),
      whole(used.stored),
      whole(used.logs),
    ]),
  );
}

function assumptionsSection(): string {
  const { days, files, months, invocationSeconds, rowMemory, fileBytes, metrics, alarms } = ACTIVITY;
  const perThousand = Operation.options.flatMap((name) =>
    name === 'idle-day' ? [] : [[operationName(name), String(ACTIVITY.perThousand[name]), REASONS[name]]],
  );
  return `## What is assumed

For every 1,000 subjects in a month:

${table(['thing done', 'times', 'because'], perThousand)}
And for the installation: ${days} days of schedules; ${files} imported files; ${months} months of events, records and messages kept besides the
libraries; ${invocationSeconds} s of each invocation at its function's memory; for what is done row by row, at ${rowMemory} GB, milliseconds of
each row: ${Operation.options
    .flatMap((name) => {
      const milliseconds = ACTIVITY.rowMilliseconds[name];
      return milliseconds === undefined ? [] : [`${code(name)} ${milliseconds}`];
    })
    .join(
      ', ',
    )}; ${fileBytes} bytes of a subject in the register's file; ${metrics} series of metrics, ${alarms} alarms.`;
}

function pricesSection(): string {
  const { asOf, region } = PRICES;
  return `## Prices

AWS list prices on demand of ${region}, US dollars, as known for ${asOf}. **Check them before you rely on them.** The China regions (cn-north-1,
cn-northwest-1) have a list of their own, in CNY and with other ratios: put it into \`infra/cost/prices.ts\` instead of converting. What AWS
gives for free each month is not taken off; a district's bill is smaller for it.

${table(
  ['price', 'USD'],
  PRICE_NAMES.map(([key, label]) => [label, String(PRICES[key])]),
)}`;
}

const PRICE_NAMES: readonly (readonly [Exclude<keyof typeof PRICES, 'asOf' | 'region'>, string])[] = [
  ['readMillion', 'DynamoDB, a million read request units'],
  ['writeMillion', 'DynamoDB, a million write request units'],
  ['storageGigabyte', 'DynamoDB, a gigabyte of storage for a month'],
  ['backupGigabyte', 'DynamoDB, point-in-time recovery of a gigabyte for a month'],
  ['invocationMillion', 'Lambda, a million invocations'],
  ['gigabyteSecond', 'Lambda, a gigabyte-second on x86'],
  ['eventMillion', 'EventBridge, a million custom events'],
  ['requestMillion', 'API Gateway, a million requests to an HTTP API'],
  ['fileGigabyte', 'S3, a gigabyte for a month'],
  ['putThousand', 'S3, a thousand PUT requests'],
  ['getThousand', 'S3, a thousand GET requests'],
  ['logGigabyte', 'CloudWatch Logs, a gigabyte taken in'],
  ['metric', 'CloudWatch, one metric for a month'],
  ['alarm', 'CloudWatch, one alarm for a month'],
];

const LIMITS = `## What these figures can't say

- The units are DynamoDB Local's, which rounds as the service does, item by item. It tells the units of one item of a transaction only, and takes
  nothing for keys that hold nothing: so each item of a transaction is written once more by itself in a second database and counted
  twice, and a key that holds nothing is counted as the service's half unit, or one where the read is consistent. A write whose condition failed is paid
  by the service and is not in here; nor are retries after throttling.
- Lambda's time is an assumption: milliseconds of a laptop with a local database say nothing of Lambda's. Take its line as an order of magnitude.
- A pool of hundreds was measured. The check whether an object was inspected within its frequency reads more where subjects have more visits behind them.
- Bytes kept are those of both tables and all indexes, with 100 bytes for each item as the service counts, but for the place on an index of what is due until the next scan; expired items are not taken off, and
  point-in-time recovery is priced on the indexes too, which it is not: an upper bound.
- Not in here: data sent out to the internet, a domain and its certificate, SNS and SQS (alarms and dead letters), mail or chat, the OpenID Connect issuer,
  support, taxes, people.`;

const REDO = `## With your own numbers

1. Put your months into \`infra/cost/activity.ts\`: how often each thing happens for every 1,000 subjects. \`SIZES\` has the libraries' sizes.
2. Put your region's prices into \`infra/cost/prices.ts\`.
3. \`npm run docs\` writes this page anew.
4. After a change of what is stored, \`npm run bench -- --only cost --write\` measures again (some minutes) and writes \`docs/cost.json\`; then \`npm run docs\`.

On AWS itself, the tables' \`ConsumedWriteCapacityUnits\` and \`ConsumedReadCapacityUnits\` in CloudWatch tell what really was used; each
\`scan.finished\` carries the units of its scan.`;

/** `12.30`, `1,204` */
function dollars(amount: number): string {
  return amount >= 100 ? count(Math.round(amount)) : amount.toFixed(2);
}

function signed(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${dollars(Math.abs(amount))}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** At most two digits after the point, and none that say nothing. */
function units(amount: number): string {
  return String(Math.round(amount * 100) / 100 || 0).replace('-', '−');
}

function whole(amount: number): string {
  return count(Math.round(amount) || 0).replace('-', '−');
}
