import * as z from 'zod';
import { epochMilliseconds, type Instant, instantOf } from '#domain/time/time.ts';
import type { AsyncInvoker } from '../delivery/async-invoker.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { AwsAnswer } from '../http/aws-service.ts';
import { isJsonObject, Json, type JsonObject, parseJson } from '../json.ts';
import type { BusMessage } from '../options.ts';
import type { RulePlan } from '../template/plan.ts';
import { place } from '../template/references.ts';

const Entry = z.object({
  Source: z.string().min(1).optional(),
  DetailType: z.string().min(1).optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  Time: z.number().optional(),
});
type Entry = z.infer<typeof Entry>;
const PutEvents = z.object({ Entries: z.array(Entry).min(1).max(10) });

/** EventBridge's limit for the entries of one request together. */
const LIMIT_BYTES = 256 * 1024;

interface BusHooks {
  now(): Instant;
  nextId(): string;
  onEvent(message: BusMessage): void;
}

/** The event buses of the stack: takes PutEvents and hands matching events to functions. */
export class Bus {
  readonly #rules: readonly RulePlan[];
  readonly #names: ReadonlySet<string>;
  readonly #hosts: ReadonlyMap<string, FunctionHost>;
  readonly #invoker: AsyncInvoker;
  readonly #hooks: BusHooks;

  constructor(
    rules: readonly RulePlan[],
    names: ReadonlySet<string>,
    hosts: ReadonlyMap<string, FunctionHost>,
    invoker: AsyncInvoker,
    hooks: BusHooks,
  ) {
    this.#rules = rules.filter((rule) => rule.matches !== undefined);
    this.#names = names;
    this.#hosts = hosts;
    this.#invoker = invoker;
    this.#hooks = hooks;
  }

  /** Answers one PutEvents request, entry by entry, as EventBridge does. */
  put(body: unknown): AwsAnswer {
    const parsed = PutEvents.safeParse(body);
    if (!parsed.success) return refusal(parsed.error.issues[0]?.message ?? 'not a PutEvents request');
    const size = parsed.data.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > LIMIT_BYTES)
      return refusal(`Total size of the entries in the request is over the limit (${size} bytes).`);
    const answers = parsed.data.Entries.map((entry) => this.#putEntry(entry));
    return {
      status: 200,
      body: { Entries: answers, FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length },
    };
  }

  #putEntry(entry: Entry): JsonObject {
    const { Source, DetailType, Detail } = entry;
    if (Source === undefined || DetailType === undefined || Detail === undefined) {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter Source, DetailType or Detail is not valid.',
      };
    }
    const detail = Json.safeParse(parseJson(Detail));
    if (!detail.success || !isJsonObject(detail.data)) {
      return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    }
    const bus = (entry.EventBusName ?? 'default').replace(/^arn:.*:event-bus\//, '');
    if (!this.#names.has(bus)) {
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${bus} does not exist.` };
    }
    const id = this.#hooks.nextId();
    const event = {
      version: '0',
      id,
      'detail-type': DetailType,
      source: Source,
      account: place.account,
      time: wholeSeconds(entry.Time === undefined ? this.#hooks.now() : instantOf(entry.Time * 1000)),
      region: place.region,
      resources: entry.Resources,
      detail: detail.data,
    };
    this.#hooks.onEvent({
      id,
      time: event.time,
      source: Source,
      detailType: DetailType,
      detail: detail.data,
    });
    for (const rule of this.#rules) {
      if (rule.bus === bus && rule.matches?.(event) === true) {
        this.#deliver(rule, event, 'event', `${id}/${rule.id}`, [DetailType, detail.data]);
      }
    }
    return { EventId: id };
  }

  /** Fires a rule's schedule for the moment at which it was due. */
  fire(rule: RulePlan, due: Instant): void {
    const event = {
      version: '0',
      id: this.#hooks.nextId(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: place.account,
      time: wholeSeconds(due),
      region: place.region,
      resources: [rule.arn],
      detail: {},
    };
    this.#deliver(rule, event, 'schedule', `${rule.id}/${due}`, [rule.id, due]);
  }

  #deliver(rule: RulePlan, event: JsonObject, kind: 'event' | 'schedule', id: string, content: Json): void {
    for (const functionId of rule.functions) {
      const host = this.#hosts.get(functionId);
      if (host === undefined)
        throw new Error(`rule ${rule.id} names a function that has no host: ${functionId}`);
      this.#invoker.enqueue(host, event, kind, id, content);
    }
  }
}

/** EventBridge's `time` has no milliseconds; a schema that wants them must fail here and not in the cloud. */
function wholeSeconds(instant: Instant): string {
  return instantOf(Math.floor(epochMilliseconds(instant) / 1000) * 1000).replace('.000Z', 'Z');
}

function sizeOf(entry: Entry): number {
  const text = [entry.Source, entry.DetailType, entry.Detail, ...entry.Resources].join('');
  return Buffer.byteLength(text) + (entry.Time === undefined ? 0 : 14);
}

function refusal(message: string): AwsAnswer {
  return { status: 400, body: { __type: 'com.amazonaws.events#ValidationException', message } };
}
