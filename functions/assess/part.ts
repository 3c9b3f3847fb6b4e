import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import type { SubjectRule } from '#domain/risk/rule.ts';
import { addCapacity, addScanCounts, type ScanPart } from '#domain/risk/scan.ts';
import type { Handled } from '#lambda/bus.ts';
import { classIncrements } from '#store/classes.ts';
import { commit, settled } from '#store/commit.ts';
import { cellIncrements, dossiersOf } from '#store/risk.ts';
import { riskRulesInForce } from '#store/risk-rules.ts';
import { loadPart, loadRun, PASS_PART, updatedPart } from '#store/scans.ts';
import type { Batch, Position, Surroundings } from './batch.ts';
import { dueBatches } from './due.ts';
import { finishPart } from './finish.ts';
import { libraryBatches } from './library.ts';
import { lookAt } from './look.ts';

type Continued = EventOf<'scan.continued'>;

/**
 * Looks at the subjects of one part from its checkpoint on, batch by batch, and says when another invocation has to go on.
 * A batch and its checkpoint are one transaction: killed anywhere, started twice or run by two at once, each subject's
 * change is made once and counted once. Whoever finds the checkpoint moved goes on from there.
 */
export async function continuePart(around: Surroundings, event: Continued): Promise<Handled> {
  const { store } = around.state;
  const run = await loadRun(store, event.about.id);
  let rules: readonly SubjectRule[] | undefined;
  let part = await loadPart(store, run.id, event.data.part);
  const until = part.counts.evaluated + around.step;
  while (part.status === 'running') {
    let overtaken = false;
    for await (const batch of batchesOf(around, { run, part })) {
      // Read after the batch: a pass that it answers for was asked for by a rule that is among them.
      rules ??= (await riskRulesInForce(store, run.day)).subject;
      const after = await commitBatch(around, { run, part }, { batch, rules, until, event });
      overtaken = after.version !== part.version + 1;
      part = after;
      if (part.counts.evaluated >= until) return 'done';
      if (overtaken) break;
    }
    if (!overtaken) return finishPart(around, { run, part }, event);
  }
  return 'done-before';
}

function batchesOf(around: Surroundings, { run, part }: Position): AsyncGenerator<Batch> {
  return part.part === PASS_PART ? libraryBatches(around, run, part) : dueBatches(around, run, part);
}

interface Task {
  readonly batch: Batch;
  readonly rules: readonly SubjectRule[];
  readonly until: number;
  readonly event: Continued;
}

/** Gives the part as it stands after the batch: this one's, or what somebody else has made of it meanwhile. */
function commitBatch(
  { state, telemetry }: Surroundings,
  { run, part }: Position,
  { batch, rules, until, event }: Task,
): Promise<ScanPart> {
  return settled(async () => {
    const [current, dossiers] = await Promise.all([
      loadPart(state.store, run.id, part.part),
      dossiersOf(state.store, batch.ids, { histories: rules.length > 0 }),
    ]);
    if (current.version !== part.version) return current;
    const looked = lookAt(dossiers, { run, rules, at: event.time });
    const next: ScanPart = {
      ...part,
      ...batch.checkpoint,
      version: part.version + 1,
      counts: addScanCounts(part.counts, looked.counts),
      capacity: addCapacity(part.capacity, state.take()),
      territories: touched(part.territories, looked.cells),
    };
    const goesOn = next.counts.evaluated >= until;
    await commit(state.store, {
      at: event.time,
      writes: [updatedPart(next), ...(await batch.writes()), ...looked.writes],
      increments: [...cellIncrements(looked.cells), ...classIncrements({ run, part }, looked.classes)],
      events: [
        ...looked.events,
        ...(goesOn
          ? [
              newEvent('scan.continued', {
                ...consequenceOf(event, 'assess', 'scan', { id: run.id, version: next.version }),
                data: { part: next.part, checkpoint: next.version },
              }),
            ]
          : []),
      ],
    });
    for (const failed of looked.failed) telemetry.warn('a rule could not be computed', { rule: failed });
    return next;
  });
}

function touched(
  known: readonly string[],
  cells: readonly { readonly place: { readonly territory: string } }[],
): string[] {
  return [...new Set([...known, ...cells.map(({ place }) => place.territory.slice(0, 6))])];
}
