import * as z from 'zod';
import type { Measured, Operation, Usage } from '#infra/cost/measured.ts';
import { separated } from '#infra/cost/usage.ts';
import { LEAD_SECTION } from '../../support/world.ts';
import { codeOf } from '../scanning.ts';
import { nextScan } from './days.ts';
import { perOne, type Town } from './town.ts';

const RUNS = { small: 20, large: 40 } as const;
const COMPLAINTS = { small: 10, large: 20 } as const;
/** Subjects past those that were classed: of a downgraded one there is a warning already. */
const COMPLAINED_FROM = 100;

/** A town of few subjects and one of many. */
export interface Place {
  readonly territory: string;
  /** Numbers of its subjects. */
  readonly first: number;
  readonly size: number;
}
export const FEW: Place = { territory: '410381031', first: 0, size: 200 };
export const MANY: Place = { territory: '410381032', first: 200, size: 800 };

type Costs<Names extends Operation> = Record<Names, Measured>;

/** Imports of subjects and of their classes, and the scans that look at them. */
export async function librariesAndScans(
  town: Town,
): Promise<
  Costs<
    | 'import-new'
    | 'import-unchanged'
    | 'import-changed'
    | 'class-same'
    | 'class-other'
    | 'scan-first'
    | 'scan-quiet'
  >
> {
  const { world } = town;
  const subjects = async (place: Place, count: number, address: string) =>
    world.importText('subjects', subjectsFile(place, count, address));
  const placeOf = (count: number): Place => (count === RUNS.small ? FEW : MANY);

  const added = await withScans(town, FEW.size, MANY.size, async (count) => {
    const place = count === FEW.size ? FEW : MANY;
    return subjects(place, count, '示例路');
  });
  const unchanged = await perOne(town, [RUNS.small, RUNS.large], async (count) =>
    subjects(placeOf(count), count, '示例路'),
  );
  const changed = await withScans(town, RUNS.small, RUNS.large, async (count) =>
    subjects(placeOf(count), count, '示例大道'),
  );
  const classes = async (creditClass: string, day: string) => {
    const measured = await perOne(town, [RUNS.small, RUNS.large], async (count) =>
      world.importText('classings', classesFile(placeOf(count), count, creditClass, day)),
    );
    await nextScan(town);
    return measured;
  };
  await classes('A', '2026-08-01');
  return {
    'import-new': added.work,
    'scan-first': added.scan,
    'import-unchanged': unchanged,
    'import-changed': changed.work,
    'scan-quiet': changed.scan,
    'class-same': await classes('A', '2026-08-10'),
    'class-other': await classes('B', '2026-08-20'),
  };
}

const Trigger = z.object({ trigger: z.string() });

/** Complaints that name a subject, the scans that warn of it, and the person who decides on them. */
export async function complaintsAndScans(
  town: Town,
): Promise<Costs<'complaint' | 'scan-warned' | 'decision'>> {
  const { world } = town;
  const held: string[] = [];
  const raised = town.eventsOf('warning.raised');
  const complained = await withScans(town, COMPLAINTS.small, COMPLAINTS.large, async (count) => {
    const place = count === COMPLAINTS.small ? FEW : MANY;
    for (let n = 0; n < count; n += 1) {
      const id = codeOf(place.first + COMPLAINED_FROM + n);
      const { body } = await world.report(`complaint-${id}`, {
        category: 'complaint',
        title: '消费纠纷投诉',
        text: '群众反映商品与宣传不符，要求退款未果，请依法处理。',
        subject: { id, name: `示例${n}商贸有限公司` },
      });
      held.push(Trigger.parse(body).trigger);
    }
  });
  expectMore(town.eventsOf('warning.raised') - raised, COMPLAINTS.small + COMPLAINTS.large, 'warnings');
  const decision = await perOne(town, [COMPLAINTS.small, COMPLAINTS.large], async (count) => {
    for (const trigger of held.splice(0, count)) {
      const { status } = await world
        .as(LEAD_SECTION)
        .post(`/triggers/${trigger}/dismiss`, { reason: '已由双方和解' });
      if (status !== 200) throw new Error(`dismissing ${trigger} was answered with ${status}`);
    }
  });
  return { complaint: complained.work, 'scan-warned': complained.scan, decision };
}

/** What is not what it should be would give figures of something else. */
export function expectMore(found: number, expected: number, what: string): void {
  if (found !== expected) throw new Error(`${found} ${what} came of what should have made ${expected}`);
}

/** Something done to few and to many, each with the scan of the morning after. */
async function withScans(
  town: Town,
  small: number,
  large: number,
  work: (count: number) => Promise<unknown>,
): Promise<{ readonly work: Measured; readonly scan: Measured }> {
  const run = async (count: number): Promise<{ count: number; work: Usage; scan: Usage }> => ({
    count,
    work: await town.used(() => work(count)),
    scan: await nextScan(town),
  });
  const [few, many] = [await run(small), await run(large)];
  const runs = [small, large];
  return {
    work: { runs, ...separated({ count: small, used: few.work }, { count: large, used: many.work }) },
    scan: { runs, ...separated({ count: small, used: few.scan }, { count: large, used: many.scan }) },
  };
}

function subjectsFile({ territory, first }: Place, count: number, road: string): string {
  const rows = Array.from({ length: count }, (_, n) =>
    [
      codeOf(first + n),
      `示例${first + n}商贸有限公司`,
      '企业',
      '存续',
      territory,
      'H6210',
      `示例区${road}${n}号`,
      '示例市场监督管理局',
    ].join(','),
  );
  return ['统一社会信用代码,企业名称,主体类型,登记状态,行政区划,行业,住所,登记机关', ...rows, ''].join(
    '\r\n',
  );
}

function classesFile({ first }: Place, count: number, creditClass: string, day: string): string {
  const rows = Array.from({ length: count }, (_, n) =>
    [codeOf(first + n), `示例${first + n}商贸有限公司`, creditClass, day].join(','),
  );
  return ['统一社会信用代码,企业名称,信用风险类别,评定日期', ...rows, ''].join('\r\n');
}
