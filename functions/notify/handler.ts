import { consequenceOf, newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Message } from '#domain/message/message.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { commit } from '#store/commit.ts';
import { createdMessage } from '#store/messages.ts';
import { openState } from '#store/store.ts';
import { leadSection, recipientsOfAssignment, recipientsOfReminder } from './recipients.ts';
import {
  assigned,
  awaited,
  beaconUnavailable,
  entered,
  held,
  proposed,
  reminded,
  unstaffed,
  voided,
  type Wording,
} from './wording.ts';

const store = once(() => openState(environmentOf('notify').STATE_TABLE));

/** Tells people what they have to know, in their inbox: each event once to each of them. */
export const handler = busFunction('notify', {
  'inspection.assigned': async (event) => post(event, recipientsOfAssignment(event), assigned(event)),
  'deadline.reminded': async (event) => {
    const { to, about } = await recipientsOfReminder(store(), event);
    return post(event, to, reminded(event, about));
  },
  'trigger.held': async (event) => post(event, await leadSection(store()), held(event)),
  // A draw that its rule approved needs nobody's word.
  'draw.proposed': async (event) =>
    event.data.approval === 'automatic' ? 'done' : post(event, await leadSection(store()), proposed(event)),
  'draw.beacon-unavailable': async (event) =>
    post(event, await leadSection(store()), beaconUnavailable(event)),
  'draw.committed': async (event) =>
    event.data.beacon === 'announced' ? post(event, await leadSection(store()), awaited(event)) : 'done',
  'draw.beacon-entered': async (event) =>
    event.data.agreed ? 'done' : post(event, await leadSection(store()), entered(event)),
  'draw.unstaffed': async (event) => post(event, await leadSection(store()), unstaffed(event)),
  'draw.voided': async (event) => post(event, await leadSection(store()), voided(event)),
});

async function post(event: MingchouEvent, to: readonly string[], wording: Wording): Promise<Handled> {
  const messages = [...new Set(to)].map((recipient): Message => ({
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
    once: { consumer: 'notify', key: event.id },
    writes: messages.map(createdMessage),
    events: messages.map((message) =>
      newEvent('message.posted', {
        ...consequenceOf(event, 'notify', 'message', message),
        data: { to: message.to, subject: message.subject, text: message.text },
      }),
    ),
  });
  return outcome.kind;
}
