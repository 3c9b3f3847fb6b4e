import { beforeAll, describe, expect, it } from 'vitest';
import { SignalLine } from '#domain/library/signals.ts';
import { Classing } from '#domain/library/subjects.ts';
import { Permit } from '#domain/library/permits.ts';
import { classesOf } from '#domain/risk/facts.ts';
import { Subject } from '#domain/subject/subject.ts';
import type { LibraryName, LibraryRecord } from '#domain/library/library.ts';
import { planRows } from '#store/importing.ts';
import { stateKey } from '#store/keys.ts';
import { libraryItem } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { Review } from '#store/reviews.ts';
import { libraryParts } from '#store/exporting.ts';
import { formerSubjects } from '#store/former-subjects.ts';
import { historyOfSubject } from '#store/signals.ts';
import { load, type StateTable } from '#store/store.ts';
import { knownSubjects } from '#store/subjects.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf } from '../support/library-files.ts';
import { at, day, MONDAY } from '../support/samples.ts';
import { dieAfter } from './engine-faults.ts';

let state: StateTable;

beforeAll(async () => {
  ({ state } = await openDatabase());
});

/** 23:30 UTC of 2 March is 3 March in Shanghai. */
const LATER = at('2026-03-02T23:30:00.000Z');

const subject = (n: number, change: Partial<Record<keyof Subject, unknown>> = {}): Subject =>
  Subject.parse({
    id: codeOf(n),
    name: `企业${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: '410381',
    tags: [],
    licences: [],
    ...change,
  });
const classed = (n: number, creditClass: string, classedOn: string, name = `企业${n}`) =>
  subject(n, { creditClass, classedOn, name });
const classing = (n: number, creditClass: string, classedOn: string) =>
  Classing.parse({ id: codeOf(n), creditClass, classedOn });

/** What an import comes to: added, changed, unchanged, and the faults with their rows. */
async function imported<Name extends LibraryName>(
  library: Name,
  records: readonly LibraryRecord[Name][],
  when = MONDAY,
) {
  const rows = records.map((record, place) => ({ row: place + 2, record }));
  const plan = await planRows(state, library, rows, when);
  await plan.apply();
  const { added, changed, unchanged } = plan.counts;
  return [[added, changed, unchanged], plan.faults.map(({ row, column, reason }) => [row, column, reason])];
}
const review = (n: number) => load(state, Review, stateKey('REVIEW', codeOf(n)));
/** As after a scan that has seen all there was. */
const looked = (...ns: number[]) =>
  putPages(
    state,
    ns.map((n) => ({ ...stateKey('REVIEW', codeOf(n)), id: codeOf(n), digest: '' })),
  );
/** Every class that is known of a subject: those of its history and the one that stands. */
const classes = async (n: number) => {
  const [found] = await knownSubjects(state, [codeOf(n)]);
  const history = await historyOfSubject(state, codeOf(n));
  const known = found === undefined ? history.classes : classesOf(found, history.classes);
  return known.map(({ on, creditClass }) => [on, creditClass]);
};
const standing = async (n: number) => {
  const [found] = await knownSubjects(state, [codeOf(n)]);
  return [found?.name, found?.creditClass, found?.classedOn];
};

const former = async (n: number) =>
  (await formerSubjects(state, codeOf(n), { limit: 10 })).former.map((one) => [
    one.until,
    one.subject.name,
    one.subject.creditClass,
    one.subject.licences.length,
  ]);

describe('what is overwritten', () => {
  it('stays readable, newest first, whichever file overwrites it', async () => {
    await imported('subjects', [classed(61, 'B', '2026-01-31')], MONDAY);
    expect(await former(61)).toEqual([]);
    await imported('subjects', [classed(61, 'B', '2026-01-31', '改名')], LATER);
    await imported('classings', [classing(61, 'C', '2026-02-28')], MONDAY);
    expect(await former(61)).toEqual([
      ['2026-03-03', '企业61', 'B', 0],
      ['2026-03-02', '改名', 'B', 0],
    ]);
  });

  it('is kept once when the same step is done again, and not for what changes nothing', async () => {
    await imported('subjects', [subject(62)], MONDAY);
    const renamed = [{ row: 2, record: subject(62, { name: '改名' }) }];
    const [once, again] = [
      await planRows(state, 'subjects', renamed, MONDAY),
      await planRows(state, 'subjects', renamed, MONDAY),
    ];
    await once.apply();
    await again.apply();
    await imported('subjects', [subject(62, { name: '改名' })], LATER);
    expect(await former(62)).toEqual([['2026-03-02', '企业62', undefined, 0]]);
  });

  it('is kept of a row that an earlier version stored without a digest', async () => {
    await putPages(state, [{ ...stateKey('SUBJECT', codeOf(64)), ...subject(64, { name: '旧' }) }]);
    expect(await imported('subjects', [subject(64)], MONDAY)).toEqual([[0, 1, 0], []]);
    expect(await former(64)).toEqual([['2026-03-02', '旧', undefined, 0]]);
  });

  it('is read page by page', async () => {
    await imported('subjects', [subject(63, { name: '名0' })], MONDAY);
    for (const n of [1, 2, 3]) await imported('subjects', [subject(63, { name: `名${n}` })], LATER);
    const first = await formerSubjects(state, codeOf(63), { limit: 2 });
    const second = await formerSubjects(state, codeOf(63), { limit: 2, after: first.next });
    const names = [...first.former, ...second.former].map((one) => one.subject.name);
    expect([names.toSorted(), second.next]).toEqual([['名0', '名1', '名2'], undefined]);
  });
});

describe('a file of subjects', () => {
  it('makes each that it adds or changes due on the day of the import in Shanghai, and no other', async () => {
    expect(await imported('subjects', [subject(1), subject(2)], LATER)).toEqual([[2, 0, 0], []]);
    const { digest } = libraryItem('subjects', subject(1));
    expect(await review(1)).toEqual({
      id: codeOf(1),
      digest,
      awaits: digest,
      dueSk: `2026-03-03#${codeOf(1)}`,
    });
    await looked(1);
    await looked(2);
    const renamed = subject(2, { name: '改名' });
    expect(await imported('subjects', [subject(1), renamed])).toEqual([[0, 1, 1], []]);
    expect((await review(1))?.dueSk).toBeUndefined();
    expect(await review(2)).toMatchObject({
      digest: libraryItem('subjects', renamed).digest,
      dueSk: `2026-03-02#${codeOf(2)}`,
    });
  });

  it('article 6: keeps the class that it gives and the one that this takes the place of', async () => {
    await imported('subjects', [classed(3, 'B', '2026-01-31')]);
    await imported('subjects', [classed(3, 'C', '2026-02-28')]);
    expect(await standing(3)).toEqual(['企业3', 'C', '2026-02-28']);
    expect(await classes(3)).toEqual([
      ['2026-01-31', 'B'],
      ['2026-02-28', 'C'],
    ]);
    expect(await imported('subjects', [classed(3, 'C', '2026-02-28')])).toEqual([[0, 0, 1], []]);
  });

  it('article 6: never takes a class back, keeps an older one in the history, and makes its subject due for it once', async () => {
    await imported('subjects', [classed(4, 'C', '2026-02-28')]);
    await looked(4);
    expect(await imported('subjects', [classed(4, 'A', '2025-12-31')])).toEqual([[0, 0, 1], []]);
    expect(await standing(4)).toEqual(['企业4', 'C', '2026-02-28']);
    expect(await classes(4)).toEqual([
      ['2025-12-31', 'A'],
      ['2026-02-28', 'C'],
    ]);
    expect((await review(4))?.dueSk).toBe(`2026-03-02#${codeOf(4)}`);
    await looked(4);
    expect(await imported('subjects', [classed(4, 'A', '2025-12-31')])).toEqual([[0, 0, 1], []]);
    expect((await review(4))?.dueSk).toBeUndefined();
  });

  it('article 6: changes everything else of a subject whose class it does not know, or knows an older one of', async () => {
    await imported('subjects', [classed(5, 'C', '2026-02-28'), classed(6, 'C', '2026-02-28')]);
    const renamed = [subject(5, { name: '改名' }), classed(6, 'A', '2025-12-31', '改名')];
    expect(await imported('subjects', renamed)).toEqual([[0, 2, 0], []]);
    expect([await standing(5), await standing(6)]).toEqual([
      ['改名', 'C', '2026-02-28'],
      ['改名', 'C', '2026-02-28'],
    ]);
    expect(await classes(6)).toEqual([
      ['2025-12-31', 'A'],
      ['2026-02-28', 'C'],
    ]);
  });

  it('article 6: is exported with the class of the day as it was corrected last', async () => {
    await imported('subjects', [subject(71)]);
    await imported('classings', [classing(71, 'B', '2026-01-31'), classing(71, 'C', '2026-02-28')]);
    await imported('subjects', [classed(71, 'D', '2026-02-28')]);
    const lines = [];
    for await (const { records } of libraryParts(state, 'classings', day('2026-03-02')))
      lines.push(...records);
    expect(
      lines.filter(({ id }) => id === codeOf(71)).map((line) => [line.classedOn, line.creditClass]),
    ).toEqual([
      ['2026-01-31', 'B'],
      ['2026-02-28', 'D'],
    ]);
  });

  it('article 6: corrects the class of the same day', async () => {
    await imported('subjects', [classed(7, 'C', '2026-02-28')]);
    expect(await imported('subjects', [classed(7, 'D', '2026-02-28')])).toEqual([[0, 1, 0], []]);
    expect([await standing(7), await classes(7)]).toEqual([
      ['企业7', 'D', '2026-02-28'],
      [['2026-02-28', 'D']],
    ]);
  });
});

describe('a file that amends subjects', () => {
  it('makes each that it changes due with the change', async () => {
    await imported('subjects', [subject(10), subject(11)]);
    await looked(10);
    await looked(11);
    const permit = Permit.parse({ id: codeOf(10), library: '餐饮', tags: [] });
    expect(await imported('licences', [permit])).toEqual([[0, 1, 0], []]);
    expect(await review(10)).toEqual({
      id: codeOf(10),
      digest: libraryItem('subjects', subject(10, { tags: ['餐饮'] })).digest,
      dueSk: `2026-03-02#${codeOf(10)}`,
    });
    await looked(10);
    expect(await imported('licences', [permit])).toEqual([[0, 0, 1], []]);
    expect(await imported('classings', [classing(11, 'D', '2026-02-28')])).toEqual([[0, 1, 0], []]);
    expect([(await review(10))?.dueSk, (await review(11))?.dueSk]).toEqual([
      undefined,
      `2026-03-02#${codeOf(11)}`,
    ]);
  });

  it('article 6: keeps classes in whatever order they come, several of one subject too, each due once', async () => {
    await imported('subjects', [classed(12, 'B', '2026-01-31')]);
    const months = [
      classing(12, 'D', '2026-02-28'),
      classing(12, 'A', '2025-11-30'),
      classing(12, 'C', '2025-12-31'),
    ];
    expect(await imported('classings', months)).toEqual([[0, 1, 2], []]);
    expect([await standing(12), await classes(12)]).toEqual([
      ['企业12', 'D', '2026-02-28'],
      [
        ['2025-11-30', 'A'],
        ['2025-12-31', 'C'],
        ['2026-01-31', 'B'],
        ['2026-02-28', 'D'],
      ],
    ]);
    await looked(12);
    expect(await imported('classings', months)).toEqual([[0, 0, 3], []]);
    expect((await review(12))?.dueSk).toBeUndefined();
    expect(await imported('classings', [classing(12, 'B', '2025-10-31')])).toEqual([[0, 0, 1], []]);
    expect((await review(12))?.dueSk).toBe(`2026-03-02#${codeOf(12)}`);
  });
});

describe('a file of signals', () => {
  const line = (n: number, change: Partial<Record<keyof SignalLine, unknown>> = {}) =>
    SignalLine.parse({ id: codeOf(n), kind: 'penalty', on: '2026-02-20', reference: '1号', ...change });

  it('article 4: records each once, makes its subject due, and refuses what can not be', async () => {
    await imported('subjects', [subject(20), subject(21)]);
    await looked(20);
    await looked(21);
    const rows = [
      line(20),
      line(20, { reference: '2号', on: '2026-03-02' }),
      line(21, { on: '2026-03-03' }),
      line(99),
    ];
    const faults = [
      [4, '发生日期', 'date-future'],
      [5, '统一社会信用代码/注册号', 'subject-unknown'],
    ];
    expect(await imported('signals', rows)).toEqual([[2, 0, 0], faults]);
    const { signals } = await historyOfSubject(state, codeOf(20));
    expect(signals.map(({ on, reference, source }) => [on, reference, source])).toEqual([
      ['2026-02-20', '1号', 'import'],
      ['2026-03-02', '2号', 'import'],
    ]);
    expect(await review(20)).toMatchObject({ digest: signals[1]?.id, dueSk: `2026-03-02#${codeOf(20)}` });
    expect((await review(21))?.dueSk).toBeUndefined();
    await looked(20);
    expect(await imported('signals', rows)).toEqual([[0, 0, 2], faults]);
    expect((await review(20))?.dueSk).toBeUndefined();
    expect(await imported('signals', [line(21, { on: '2026-03-03' })], LATER)).toEqual([[1, 0, 0], []]);
  });

  it('article 4: never changes a signal, and says so', async () => {
    await imported('subjects', [subject(22)]);
    await imported('signals', [line(22, { note: '罚款' })]);
    expect(await imported('signals', [line(22, { note: '警告' })])).toEqual([
      [0, 0, 0],
      [[2, '文书号', 'signal-differs']],
    ]);
    expect((await historyOfSubject(state, codeOf(22))).signals.map(({ note }) => note)).toEqual(['罚款']);
  });

  it('is recorded in several transactions, and by two imports at once only once', async () => {
    const many = Array.from({ length: 120 }, (_, n) => 300 + n);
    await imported(
      'subjects',
      many.map((n) => subject(n)),
    );
    const rows = many.map((n) => line(n));
    const both = await Promise.all([imported('signals', rows), imported('signals', rows)]);
    expect(both).toContainEqual([[120, 0, 0], []]);
    const found = await Promise.all(many.map((n) => historyOfSubject(state, codeOf(n))));
    expect(found.map(({ signals }) => signals.length)).toEqual(many.map(() => 1));
  });
});

describe('an import that is killed', () => {
  const many = Array.from({ length: 52 }, (_, n) => 1_000 + n);
  /** Rounds differ in the name and the tags that they write, and begin with nobody due. */
  const files: Readonly<Record<string, (round: number) => Promise<unknown>>> = {
    subjects: (round) =>
      imported(
        'subjects',
        many.map((n) => classed(n, 'B', '2026-01-31', `第${round}次`)),
      ),
    licences: (round) =>
      imported(
        'licences',
        many.map((n) => Permit.parse({ id: codeOf(n), library: `库${round}`, tags: [] })),
      ),
    signals: (round) =>
      imported(
        'signals',
        many.map((n) =>
          SignalLine.parse({ id: codeOf(n), kind: 'penalty', on: '2026-02-20', reference: `${round}号` }),
        ),
      ),
    classings: (round) =>
      imported(
        'classings',
        many.map((n) => classing(n, 'C', `2025-${String(round + 1).padStart(2, '0')}-01`)),
      ),
  };
  /** Everything that is told of a subject: its row, its signals, its classes. */
  const told = async () => {
    const subjects = await knownSubjects(state, many.map(codeOf));
    const histories = await Promise.all(many.map((n) => historyOfSubject(state, codeOf(n))));
    return new Map(
      many.map((n, place) => [
        n,
        JSON.stringify([subjects.find(({ id }) => id === codeOf(n)), histories[place]]),
      ]),
    );
  };

  it.each(['subjects', 'licences', 'signals', 'classings'])(
    'anywhere in a file of %s has made each subject due of which anything is different',
    async (library) => {
      await files['subjects']?.(0);
      const changed: number[] = [];
      let before = await told();
      for (let point = 0, alive = false; !alive; point += 1) {
        await looked(...many);
        const fault = dieAfter(state.client, point);
        const outcome = await Promise.resolve(files[library]?.(point + 1)).catch(() => 'died');
        fault.remove();
        alive = !fault.died();
        expect(outcome === 'died').toBe(!alive);
        const after = await told();
        const different = many.filter((n) => before.get(n) !== after.get(n));
        const reviews = await Promise.all(different.map(review));
        expect(reviews.filter((one) => one?.dueSk === undefined)).toEqual([]);
        changed.push(different.length);
        before = after;
      }
      expect([changed[0], changed.at(-1)]).toEqual([0, 52]);
      expect(new Set(changed).size).toBeGreaterThan(2);
    },
  );
});
