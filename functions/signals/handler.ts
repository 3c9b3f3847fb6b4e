import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { signalOfInspection, signalOfTrigger } from '#domain/signal/causes.ts';
import type { Signal } from '#domain/signal/signal.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, settled } from '#store/commit.ts';
import { loadInspection } from '#store/inspections.ts';
import { recordedBefore, recordedSignals } from '#store/signals.ts';
import { openState } from '#store/store.ts';
import { loadTrigger } from '#store/triggers.ts';

const store = once(() => openState(environmentOf('signals').STATE_TABLE));

/** What happens here and speaks for or against a subject becomes a signal about it (article 4: 动态监测). */
export const handler = busFunction('signals', {
  'trigger.received': async (event, telemetry) =>
    record(event, signalOfTrigger(await loadTrigger(store(), event.about.id)), telemetry),
  'inspection.published': async (event, telemetry) =>
    record(event, signalOfInspection(await loadInspection(store(), event.about.id)), telemetry),
});

type Cause = EventOf<'trigger.received' | 'inspection.published'>;

/**
 * Records a signal, with the review that makes its subject due. A subject that the library does not have yet keeps its signals:
 * it may be imported later. A signal that was recorded before stands as it was.
 */
async function record(event: Cause, signal: Signal | undefined, telemetry: Telemetry): Promise<Handled> {
  if (signal === undefined) return 'done';
  return settled(async () => {
    if ((await recordedBefore(store(), signal)) !== undefined) return 'done-before';
    const { kind } = await commit(store(), {
      at: event.time,
      once: { consumer: 'signals', key: event.id },
      writes: await recordedSignals(store(), [signal], dateInShanghai(event.time)),
      events: [
        newEvent('signal.recorded', {
          ...consequenceOf(event, 'signals', 'signal', { id: signal.id, version: 1 }),
          data: { subjectId: signal.subject, kind: signal.kind, on: signal.on },
        }),
      ],
    });
    if (kind === 'done') telemetry.count('SignalsRecorded');
    return kind;
  });
}
