import { describe, expect, it } from 'vitest';
import { commit } from '#store/commit.ts';
import { putPages } from '#store/pages.ts';
import { givenClassItem, historyOfSubject, signalItem, standingClass } from '#store/signals.ts';
import { given, repair, riskSignal, riskSubject, STATION } from '../support/risk-samples.ts';
import { openDatabase } from '../support/database.ts';
import { day, MONDAY } from '../support/samples.ts';

const { state } = await openDatabase();
const OTHER = '91410381PDY000248E';

describe('the history of a subject', () => {
  const later = riskSignal('complaint', '2026-02-01');
  const lifted = repair('2026-02-01', 'abnormal-listing', 'penalty');
  const first = riskSignal('abnormal-listing', '2025-12-31');
  const classes = [given('2026-01-01', 'A'), given('2026-02-01', 'C')];

  it('has its signals and classes, oldest first, whatever the order in which they were told, and nobody else’s', async () => {
    await putPages(state, [later, lifted, first].map(signalItem));
    await putPages(state, [...classes].toReversed().map(givenClassItem));
    await putPages(state, [signalItem({ ...first, subject: riskSubject({ id: OTHER }).id })]);
    expect(await historyOfSubject(state, STATION)).toEqual({ signals: [first, later, lifted], classes });
    expect((await historyOfSubject(state, OTHER)).signals.map(({ subject }) => subject)).toEqual([OTHER]);
  });

  it('has what was told twice once, and two signals of one day twice', async () => {
    const second = riskSignal('complaint', '2026-02-01', { id: 'G-second' });
    await putPages(state, [signalItem(first), givenClassItem(given('2026-01-01', 'A'))]);
    await putPages(state, [signalItem(second)]);
    const history = await historyOfSubject(state, STATION);
    expect(history.signals.map(({ id }) => id)).toEqual([
      'G-abnormal-listing-2025-12-31',
      'G-complaint-2026-02-01',
      'G-credit-repair-2026-02-01',
      'G-second',
    ]);
    expect(history.classes).toEqual(classes);
  });

  it('keeps one class a day, the one that was told last', async () => {
    await putPages(state, [givenClassItem(given('2026-02-01', 'D'))]);
    expect((await historyOfSubject(state, STATION)).classes).toEqual([
      given('2026-01-01', 'A'),
      given('2026-02-01', 'D'),
    ]);
  });

  it('takes a signal as one write of a commit', async () => {
    const signal = {
      ...riskSignal('penalty', '2026-03-01'),
      reference: '偃市监罚〔2026〕1号',
      note: '短斤少两',
    };
    const { pk, sk, ...item } = signalItem(signal);
    const key = { pk: String(pk), sk: String(sk) };
    await commit(state, { at: MONDAY, writes: [{ key, item, expect: 'absent' }], events: [] });
    expect((await historyOfSubject(state, STATION)).signals.at(-1)).toEqual(signal);
  });

  it('is empty for one of whom nothing was told', async () => {
    expect(await historyOfSubject(state, '91410381MA00000002')).toEqual({ signals: [], classes: [] });
  });
});

describe('the class that stands on a subject', () => {
  it('is one that was given, on the day of its row', () => {
    const classed = riskSubject({ creditClass: 'C', classedOn: '2026-02-01' });
    expect(standingClass(classed)).toEqual([{ subject: STATION, creditClass: 'C', on: day('2026-02-01') }]);
    expect(standingClass(riskSubject())).toEqual([]);
  });
});
