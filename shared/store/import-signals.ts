import * as z from 'zod';
import { unknownSubject } from '#domain/library/amendment.ts';
import type { RowError } from '#domain/library/column.ts';
import { signalOfLine } from '#domain/library/signals.ts';
import { saysTheSame, type Signal } from '#domain/signal/signal.ts';
import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import { commit, settled } from './commit.ts';
import { NO_ROWS, runsOf, SUBJECTS_A_TRANSACTION, type ImportPlan, type ImportRow } from './import-plan.ts';
import { stateKey } from './keys.ts';
import { knownSignals, recordedSignals } from './signals.ts';
import { loadMany, type StateTable } from './store.ts';

const Named = z.object({ id: z.string() });

/**
 * Signals stand beside their subject and are never changed: a row whose signal is there changes nothing, and one that says
 * something else of it is at fault. Each goes with the review of its subject in one transaction.
 */
export async function planSignals(
  store: StateTable,
  rows: readonly ImportRow<'signals'>[],
  at: Instant,
): Promise<ImportPlan> {
  const today = dateInShanghai(at);
  const told = rows.map(({ row, record }) => ({ row, signal: signalOfLine(record) }));
  const subjects = new Set(told.map(({ signal }) => signal.subject));
  const found = await loadMany(
    store,
    Named,
    [...subjects].map((id) => stateKey('SUBJECT', id)),
    ['id'],
  );
  const library = new Set(found.map(({ id }) => id));
  const recorded = await knownSignals(
    store,
    told.map(({ signal }) => signal),
  );
  const known = new Map(recorded.map((signal) => [signal.id, signal]));
  const counts = { ...NO_ROWS };
  const faults: RowError[] = [];
  const added: Signal[] = [];
  for (const { row, signal } of told) {
    const before = known.get(signal.id);
    const fault = library.has(signal.subject)
      ? faultOf(row, signal, before, today)
      : unknownSubject(row, signal.subject);
    if (fault !== undefined) faults.push(fault);
    else if (before === undefined) added.push(signal);
    counts[fault !== undefined ? 'rejected' : before === undefined ? 'added' : 'unchanged'] += 1;
  }
  return {
    counts,
    faults,
    apply: async () => {
      for (const some of runsOf(added, SUBJECTS_A_TRANSACTION)) {
        await settled(() => recordNew(store, some, at));
      }
    },
  };
}

/** Those that are not there yet: an import of the same rows, or a person, may have been faster. */
async function recordNew(store: StateTable, signals: readonly Signal[], at: Instant): Promise<void> {
  const known = new Set((await knownSignals(store, signals)).map(({ id }) => id));
  const open = signals.filter(({ id }) => !known.has(id));
  if (open.length === 0) return;
  await commit(store, { at, writes: await recordedSignals(store, open, dateInShanghai(at)), events: [] });
}

function faultOf(
  row: number,
  signal: Signal,
  before: Signal | undefined,
  today: CalendarDate,
): RowError | undefined {
  if (signal.on > today) {
    const detail = `晚于导入之日 ${today}：信号须已发生`;
    return { row, column: '发生日期', value: signal.on, reason: 'date-future', detail };
  }
  if (before === undefined || saysTheSame(before, signal)) return undefined;
  const detail = '该信号已登记，备注或修复范围不同：已登记的信号不可更改，另一信号须有自己的文书号';
  return { row, column: '文书号', value: signal.reference ?? '', reason: 'signal-differs', detail };
}
