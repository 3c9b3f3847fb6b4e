import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { catalogue, type AggregateKind, type EventFacts, type EventType } from './catalogue.ts';
import type { FunctionName } from './environment.ts';

/** The `source` of every event on the bus. */
export const EVENT_SOURCE = 'mingchou';

/** Any event of the catalogue, as a union that narrows by `type`. Parsing names each field that is not of the catalogue's shape. */
export const MingchouEvent = z.discriminatedUnion('type', [
  catalogue['trigger.received'].schema,
  catalogue['trigger.fired'].schema,
  catalogue['trigger.held'].schema,
  catalogue['trigger.dismissed'].schema,
  catalogue['trigger.merged'].schema,
  catalogue['trigger.extended'].schema,
  catalogue['draw.proposed'].schema,
  catalogue['draw.approved'].schema,
  catalogue['draw.gathering'].schema,
  catalogue['draw.beacon-unavailable'].schema,
  catalogue['draw.freeze-requested'].schema,
  catalogue['draw.committed'].schema,
  catalogue['draw.beacon-entered'].schema,
  catalogue['draw.beacon-arrived'].schema,
  catalogue['draw.drawn'].schema,
  catalogue['draw.matched'].schema,
  catalogue['draw.match-requested'].schema,
  catalogue['draw.unstaffed'].schema,
  catalogue['draw.staffing-requested'].schema,
  catalogue['draw.teams-chosen'].schema,
  catalogue['draw.dispatching'].schema,
  catalogue['draw.dispatched'].schema,
  catalogue['draw.closed'].schema,
  catalogue['draw.replaced'].schema,
  catalogue['draw.voided'].schema,
  catalogue['inspection.assigned'].schema,
  catalogue['inspection.joined'].schema,
  catalogue['inspection.recused'].schema,
  catalogue['inspection.replaced'].schema,
  catalogue['inspection.assigned-directly'].schema,
  catalogue['inspection.expert-invited'].schema,
  catalogue['inspection.accepted'].schema,
  catalogue['inspection.begun'].schema,
  catalogue['inspection.ended'].schema,
  catalogue['inspection.evidence-stored'].schema,
  catalogue['inspection.recorded'].schema,
  catalogue['inspection.published'].schema,
  catalogue['follow-up.raised'].schema,
  catalogue['follow-up.due-set'].schema,
  catalogue['follow-up.noted'].schema,
  catalogue['follow-up.document-entered'].schema,
  catalogue['follow-up.evidence-entered'].schema,
  catalogue['follow-up.offered'].schema,
  catalogue['follow-up.accepted'].schema,
  catalogue['follow-up.declined'].schema,
  catalogue['follow-up.closed'].schema,
  catalogue['handover.raised'].schema,
  catalogue['handover.sent'].schema,
  catalogue['handover.received'].schema,
  catalogue['handover.returned'].schema,
  catalogue['handover.closed'].schema,
  catalogue['inspection.closed'].schema,
  catalogue['inspection.archived'].schema,
  catalogue['inspection.packaged'].schema,
  catalogue['correction.received'].schema,
  catalogue['correction.granted'].schema,
  catalogue['correction.refused'].schema,
  catalogue['inspection.republished'].schema,
  catalogue['inspection.withdrawn'].schema,
  catalogue['submission.made'].schema,
  catalogue['submission.confirmed'].schema,
  catalogue['submission.rejected'].schema,
  catalogue['recusal.declared'].schema,
  catalogue['inspector.warned'].schema,
  catalogue['inspector.leave-set'].schema,
  catalogue['inspector.trained'].schema,
  catalogue['signal.recorded'].schema,
  catalogue['warning.raised'].schema,
  catalogue['warning.changed'].schema,
  catalogue['warning.cleared'].schema,
  catalogue['warning.acknowledged'].schema,
  catalogue['warning.dismissed'].schema,
  catalogue['warning.check-due'].schema,
  catalogue['scan.started'].schema,
  catalogue['scan.continued'].schema,
  catalogue['scan.weighing'].schema,
  catalogue['scan.finished'].schema,
  catalogue['deadline.reminded'].schema,
  catalogue['deadline.requested'].schema,
  catalogue['deadline.granted'].schema,
  catalogue['deadline.request-refused'].schema,
  catalogue['deadline.resumed'].schema,
  catalogue['calendar.adopted'].schema,
  catalogue['deadline-rules.adopted'].schema,
  catalogue['calendar.recounting'].schema,
  catalogue['calendar.recounted'].schema,
  catalogue['deadline.moved'].schema,
  catalogue['message.posted'].schema,
  catalogue['delivery.delivered'].schema,
  catalogue['delivery.dead'].schema,
  catalogue['delivery.doubtful'].schema,
  catalogue['delivery.resent'].schema,
  catalogue['delivery.accepted'].schema,
  catalogue['channel.set'].schema,
  catalogue['preferences.set'].schema,
  catalogue['dead-letters.redriven'].schema,
  catalogue['dead-letters.discarded'].schema,
  catalogue['library.imported'].schema,
  catalogue['library.import-started'].schema,
  catalogue['library.import-continued'].schema,
  catalogue['library.import-finished'].schema,
  catalogue['library.import-refused'].schema,
  catalogue['rehearsal.started'].schema,
  catalogue['rehearsal.continued'].schema,
  catalogue['rehearsal.finished'].schema,
  catalogue['policy.adopted'].schema,
  catalogue['source.registered'].schema,
  catalogue['source.rotated'].schema,
]);
export type MingchouEvent = z.infer<typeof MingchouEvent>;
export type EventOf<T extends EventType> = Extract<MingchouEvent, { type: T }>;

/** What the maker of an event says; the id follows from it. */
export type NewEvent<T extends EventType> = Omit<EventOf<T>, 'id' | 'type'>;

/**
 * Makes an event whose id follows from its cause, so that a step run again makes the same event.
 * @throws z.ZodError when the data is not of the catalogue's shape: no event leaves that its readers would refuse.
 */
export function newEvent<T extends EventType>(type: T, fields: NewEvent<T>): MingchouEvent {
  const { kind, id: aboutId, version } = fields.about;
  const id = deriveId('E', fields.causation, type, kind, aboutId, version);
  return MingchouEvent.parse({ id, type, ...fields });
}

/**
 * What an event that a function makes of another one takes over from it: its time (a step that is run again hours later
 * still makes the same event), its correlation, and itself as the cause.
 */
export function consequenceOf(
  cause: Pick<MingchouEvent, 'id' | 'time' | 'correlation'>,
  by: FunctionName,
  kind: AggregateKind,
  record: { readonly id: string; readonly version: number },
): EventFacts {
  return {
    time: cause.time,
    about: { kind, id: record.id, version: record.version },
    correlation: cause.correlation,
    causation: cause.id,
    actor: { kind: 'function', id: by },
  };
}
