import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { inBoth, type Message } from '#domain/message/message.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { commit } from '#store/commit.ts';
import { createdMessage } from '#store/messages.ts';
import { openState } from '#store/store.ts';
import { asked, withdrawn } from '#wording/correction-wording.ts';
import { changeGranted, changeRefused, changeRequested, resumed } from '#wording/deadline-wording.ts';
import { credentialOf, ownCredential } from '#wording/directory-wording.ts';
import { ownShare } from '#wording/dispatch-wording.ts';
import {
  followUpAccepted,
  followUpDeclined,
  followUpOffered,
  followUpRaised,
  handoverRaised,
  handoverReturned,
  handoverSent,
} from '#wording/follow-up-wording.ts';
import { scanned } from '#wording/risk-wording.ts';
import {
  assignedDirectly,
  cameInstead,
  joined,
  madeRoom,
  movedOn,
  ownUnit,
  recused,
  replaced,
  seatTaken,
} from '#wording/staffing-wording.ts';
import {
  assigned,
  awaited,
  beaconUnavailable,
  entered,
  fellBack,
  held,
  mergedLate,
  proposed,
  reminded,
  unstaffed,
  voided,
  type Wording,
} from '#wording/wording.ts';
import { lettersOfRecount } from './moved.ts';
import {
  answering,
  headsOf,
  leadSection,
  recipientsOfAssignment,
  recipientsOfReminder,
  roleHolders,
} from './recipients.ts';

const store = once(() => openState(environmentOf('notify').STATE_TABLE));

/** Tells people what they have to know, in their inbox: each event once to each of them. */
export const handler = busFunction('notify', {
  'inspection.assigned': async (event) => post(event, recipientsOfAssignment(event), assigned(event)),
  'inspection.joined': async (event) => {
    const members = (isNew: boolean) =>
      event.data.team.filter((one) => one.joined === isNew).map(({ inspector }) => inspector);
    return postAll(event, [
      { to: members(true), wording: joined(event, true) },
      { to: members(false), wording: joined(event, false) },
    ]);
  },
  'inspection.recused': async (event) => {
    const { unit, seatOpen } = event.data;
    const heads = await headsOf(store(), [unit]);
    return post(event, seatOpen ? [...heads, ...(await leadSection(store()))] : heads, recused(event));
  },
  'inspection.replaced': async (event) => {
    const { successor, inspector, unit, why } = event.data;
    const came = { to: [successor], wording: cameInstead(event) };
    // Whoever recused knows, and the head of the unit was told of the recusal itself.
    return why === 'recused'
      ? postAll(event, [came])
      : postAll(event, [
          came,
          { to: [inspector], wording: madeRoom(event) },
          { to: await headsOf(store(), [unit]), wording: replaced(event) },
        ]);
  },
  'inspection.assigned-directly': async (event) =>
    postAll(event, [
      { to: event.data.newcomers, wording: assignedDirectly(event) },
      { to: event.data.leavers, wording: movedOn(event) },
      { to: await headsOf(store(), [event.data.unit]), wording: seatTaken(event) },
    ]),
  'draw.staffing-requested': async (event) => {
    const letters = event.data.units.map(async ({ unit, objects }) => ({
      to: await headsOf(store(), [unit]),
      wording: ownUnit(event, unit, objects),
    }));
    return postAll(event, await Promise.all(letters));
  },
  'draw.dispatched': async (event) => {
    const letters = (event.data.units ?? []).map(async (share) => ({
      to: await headsOf(store(), [share.unit]),
      wording: ownShare(event, share),
    }));
    return postAll(event, await Promise.all(letters));
  },
  'deadline.reminded': async (event) => {
    const { to, about } = await recipientsOfReminder(store(), event.data);
    return post(event, to, reminded(event, about));
  },
  // Whoever asked is not the one who decides.
  'deadline.requested': async (event) => {
    const { to, about } = await recipientsOfReminder(store(), { ...event.data, reaches: ['lead-section'] });
    const others = to.filter((person) => person !== event.actor.id);
    return post(event, others, changeRequested(event, about));
  },
  'deadline.granted': async (event) => {
    const { to, about } = await recipientsOfReminder(store(), { ...event.data, reaches: ['actor', 'unit'] });
    return post(event, [event.data.requestedBy, ...to], changeGranted(event, about));
  },
  'deadline.request-refused': async (event) => {
    const { about } = await recipientsOfReminder(store(), { ...event.data, reaches: [] });
    return post(event, [event.data.requestedBy], changeRefused(event, about));
  },
  'deadline.resumed': async (event) => {
    const reaches = ['actor', 'unit', 'lead-section'] as const;
    const { to, about } = await recipientsOfReminder(store(), { ...event.data, reaches });
    return post(event, to, resumed(event, about));
  },
  'calendar.recounted': tellOfMoves,
  'trigger.held': async (event) => post(event, await leadSection(store()), held(event)),
  // The business that a late report names is in no draw: somebody has to decide whether it is checked.
  'trigger.merged': async (event) =>
    event.data.late === undefined ? 'done' : post(event, await leadSection(store()), mergedLate(event)),
  'inspector.warned': async (event) => {
    const { unit, rung } = event.data;
    const lead = rung === 'lapsed' ? await leadSection(store()) : [];
    return postAll(event, [
      { to: [event.about.id], wording: ownCredential(event) },
      { to: [...(await headsOf(store(), [unit])), ...lead], wording: credentialOf(event) },
    ]);
  },
  'scan.finished': async (event) =>
    foundSomething(event) ? post(event, await leadSection(store()), scanned(event)) : 'done',
  // A draw that its rule approved needs nobody's word.
  'draw.proposed': async (event) =>
    event.data.approval === 'automatic' ? 'done' : post(event, await leadSection(store()), proposed(event)),
  'draw.beacon-unavailable': async (event) =>
    post(event, await leadSection(store()), beaconUnavailable(event)),
  'draw.committed': async (event) => {
    const { beacon, beaconWanted } = event.data;
    if (beaconWanted !== undefined) return post(event, await leadSection(store()), fellBack(event));
    return beacon === 'announced' ? post(event, await leadSection(store()), awaited(event)) : 'done';
  },
  'draw.beacon-entered': async (event) =>
    event.data.agreed ? 'done' : post(event, await leadSection(store()), entered(event)),
  'draw.unstaffed': async (event) => post(event, await leadSection(store()), unstaffed(event)),
  'correction.received': async (event) =>
    post(event, await answering(roleHolders(store()), event.data.units), asked(event)),
  'inspection.withdrawn': async (event) => post(event, await leadSection(store()), withdrawn(event)),
  'follow-up.raised': async (event) =>
    postAll(event, [
      { to: await answering(roleHolders(store()), [event.data.unit]), wording: followUpRaised(event) },
      { to: event.data.team, wording: followUpRaised(event) },
    ]),
  'follow-up.offered': async (event) =>
    post(event, await headsOf(store(), [event.data.to]), followUpOffered(event)),
  'follow-up.accepted': async (event) =>
    post(event, await headsOf(store(), [event.data.from]), followUpAccepted(event)),
  'follow-up.declined': async (event) =>
    post(event, await headsOf(store(), [event.data.from]), followUpDeclined(event)),
  'handover.raised': async (event) =>
    post(event, await headsOf(store(), [event.data.from]), handoverRaised(event)),
  // An authority outside reads no inbox here: whoever handed over reaches it by its contact.
  'handover.sent': async (event) =>
    event.data.receiver.kind === 'unit'
      ? post(event, await answering(roleHolders(store()), [event.data.receiver.unit]), handoverSent(event))
      : 'done',
  'handover.returned': async (event) =>
    postAll(event, [
      { to: [event.data.raisedBy], wording: handoverReturned(event) },
      { to: await headsOf(store(), [event.data.from]), wording: handoverReturned(event) },
    ]),
  'draw.voided': async (event) => post(event, await leadSection(store()), voided(event)),
});

function post(event: MingchouEvent, to: readonly string[], wording: Wording): Promise<Handled> {
  return postAll(event, [{ to, wording }]);
}

/** The same event in other words for other people; whoever is among several of them gets the first. */
async function postAll(
  event: MingchouEvent,
  letters: readonly { readonly to: readonly string[]; readonly wording: Wording }[],
): Promise<Handled> {
  const byRecipient = new Map<string, Wording>();
  for (const { to, wording } of letters) {
    for (const recipient of to) {
      byRecipient.set(recipient, byRecipient.get(recipient) ?? wording);
    }
  }
  return deliver(event, byRecipient, event.id);
}

/** Everybody gets one letter about all the deadlines that moved for them: some hundreds of people, more than one commit takes. */
async function tellOfMoves(event: EventOf<'calendar.recounted'>): Promise<Handled> {
  const letters = await lettersOfRecount(store(), event);
  const handled = new Set<Handled>();
  for (const [recipient, wording] of letters) {
    const letter = new Map([[recipient, wording]]);
    handled.add(await deliver(event, letter, `${event.id}#${recipient}`));
  }
  return handled.has('done') || handled.size === 0 ? 'done' : 'done-before';
}

/** Puts letters into inboxes in one commit, once for a key. */
async function deliver(
  event: MingchouEvent,
  letters: ReadonlyMap<string, Wording>,
  key: string,
): Promise<Handled> {
  const messages = [...letters].map(([recipient, wording]): Message => ({
    id: deriveId('M', event.id, recipient),
    version: 1,
    to: recipient,
    at: event.time,
    cause: event.id,
    correlation: event.correlation,
    ...wording,
  }));
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'notify', key },
    writes: messages.map(createdMessage),
    events: messages.map((message) =>
      newEvent('message.posted', {
        ...consequenceOf(event, 'notify', 'message', message),
        data: { to: message.to, urgency: message.urgency, ...inBoth(message) },
      }),
    ),
  });
  return outcome.kind;
}

/** Whether there is anything that somebody would want to know. */
function foundSomething({ data: { counts, cohorts } }: EventOf<'scan.finished'>): boolean {
  return counts.raised + counts.changed + counts.cleared + counts.checks + cohorts.fired > 0;
}
