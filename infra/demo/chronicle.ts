import { sha256 } from '#sha256';
import * as z from 'zod';
import { catalogue, type EventType } from '#contracts/catalogue.ts';
import { MingchouEvent, type EventOf } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { LedgerEntry } from '#domain/ledger/ledger.ts';
import { PersonRole, personRoleLabels } from '#domain/person/person.ts';
import { Failure } from '../cli/failure.ts';
import type { Runner } from '../local/runner.ts';
import type { Client } from './client.ts';
import type { Print } from './timeline.ts';
import { wordsOf } from './wording.ts';

export const LedgerPage = z.object({ entries: z.array(LedgerEntry), next: z.int().optional() });
const History = z.object({ events: z.array(MingchouEvent) });
const Me = z.object({ role: PersonRole });

/** Who may read every history. */
const WATCHER = 'HP9005';
/** Past this many working days a rung reaches nobody new; only every fifth is told, the others are counted. */
const LAST_NEW_LEVEL = -2;
const TOLD_EVERY = 5;

type Posted = EventOf<'message.posted'>;
type Reminded = EventOf<'deadline.reminded'>;

/**
 * Tells what happened from what the stack itself shows: which events there are from the public ledger, what they say from
 * the audit trail, and who was told from the messages on the bus.
 */
export class Chronicle {
  readonly #runner: Runner;
  readonly #client: Client;
  readonly #print: Print;
  readonly #events: MingchouEvent[] = [];
  readonly #roles = new Map<string, PersonRole>();
  /** Rungs of each deadline since one was last told. */
  readonly #untold = new Map<string, number>();
  #entries = 0;
  #messages = 0;

  constructor(runner: Runner, client: Client, print: Print) {
    this.#runner = runner;
    this.#client = client;
    this.#print = print;
  }

  /** The events of a type so far, in the order of the ledger; messages are not among them. */
  of<T extends EventType>(type: T): EventOf<T>[] {
    return this.#events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** How many entries of the ledger were read, and how many messages were seen on the bus. */
  get counts(): { readonly entries: number; readonly messages: number } {
    return { entries: this.#entries, messages: this.#messages };
  }

  /** Waits until the stack is at rest and tells everything that is new. Gives the new events. */
  async catchUp(): Promise<MingchouEvent[]> {
    await this.#runner.settle();
    const entries = await this.#newEntries();
    const posted = this.#newMessages();
    const told = entries.filter(({ type }) => type !== 'message.posted');
    if (entries.length - told.length !== posted.length) {
      throw new Failure(
        `the ledger has ${entries.length - told.length} new messages, and the bus carried ${posted.length}`,
      );
    }
    const events: MingchouEvent[] = [];
    for (const entry of told) {
      events.push(await this.#eventOf(entry));
    }
    for (const event of events) {
      this.#events.push(event);
      await this.#tell(
        event,
        posted.filter(({ causation }) => causation === event.id),
      );
    }
    return events;
  }

  async #newEntries(): Promise<LedgerEntry[]> {
    const found: LedgerEntry[] = [];
    for (let more = true; more;) {
      const { entries, next } = await this.#client.look(`/public/ledger?after=${this.#entries}`, LedgerPage);
      found.push(...entries);
      this.#entries = entries.at(-1)?.seq ?? this.#entries;
      more = next !== undefined;
    }
    return found;
  }

  #newMessages(): Posted[] {
    const messages = this.#runner.messages().slice(this.#messages);
    this.#messages += messages.length;
    return messages.map(({ detail }) => catalogue['message.posted'].schema.parse(detail));
  }

  /** The event behind an entry. The ledger holds its hash: an audit trail that tells another story is found out. */
  async #eventOf({ event: id, about, eventHash, seq }: LedgerEntry): Promise<MingchouEvent> {
    const { events } = await this.#client.read(WATCHER, `/history/${about}`, History);
    const event = events.find((one) => one.id === id);
    if (event === undefined || sha256(canonicalJson(event)) !== eventHash) {
      throw new Failure(`entry ${seq} of the ledger is not what the history of ${about} tells`);
    }
    return event;
  }

  async #tell(event: MingchouEvent, posted: readonly Posted[]): Promise<void> {
    const untold = event.type === 'deadline.reminded' ? this.#untoldBefore(event) : 0;
    if (untold === undefined) {
      return;
    }
    const words = wordsOf(event);
    const recipients = await this.#recipients(posted);
    const repeated = untold === 0 ? [] : [`其间另有 ${untold} 次每个工作日一次`];
    const often = untold === 0 ? [] : [`${untold} more since, one each working day`];
    const to = recipients.map(({ label, people }) => `${label} ${people.join('、')}`);
    this.#print({
      at: event.time,
      step: event.type,
      zh: [words.zh, ...repeated, ...(to.length === 0 ? [] : [`通知 ${to.join('；')}`])].join('；'),
      en: [words.en, ...often, ...(to.length === 0 ? [] : [`${posted.length} told`])].join('; '),
      facts: {
        about: event.about.id,
        ...event.data,
        ...(posted.length === 0
          ? {}
          : { told: Object.fromEntries(recipients.map(({ role, people }) => [role, people])) }),
        ...(posted[0] === undefined ? {} : { subject: posted[0].data.subject }),
      },
    });
  }

  /** How many rungs of this deadline were passed over before this one; undefined when this one is passed over too. */
  #untoldBefore({ about, data: { deadline, remaining } }: Reminded): number | undefined {
    const untold = this.#untold.get(about.id) ?? 0;
    const isTold = deadline === 'publish' || remaining >= LAST_NEW_LEVEL || remaining % TOLD_EVERY === 0;
    this.#untold.set(about.id, isTold ? 0 : untold + 1);
    return isTold ? untold : undefined;
  }

  /** Whom the messages went to, by role as they themselves see it. */
  async #recipients(posted: readonly Posted[]) {
    const byRole = new Map<PersonRole, string[]>();
    for (const { data } of posted) {
      const role = this.#roles.get(data.to) ?? (await this.#client.read(data.to, '/me', Me)).role;
      this.#roles.set(data.to, role);
      byRole.set(role, [...(byRole.get(role) ?? []), data.to]);
    }
    return [...byRole].map(([role, people]) => ({ role, label: personRoleLabels[role], people }));
  }
}
