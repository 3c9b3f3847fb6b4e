import * as z from 'zod';
import { type Audience, catalogue, type EventType, eventTypes } from '#contracts/catalogue.ts';
import { EVENT_SOURCE } from '#contracts/events.ts';
import { consumers } from '#infra/capabilities/consumers.ts';
import { fieldTable } from './fields.ts';
import { code, codes, page, table } from './markdown.ts';

/** docs/events.md: every event, who hears it, and its fields. */
export function eventsPage(): string {
  return page(
    'Events 事件',
    'shared/contracts/catalogue.ts and infra/capabilities/consumers.ts',
    `Every change of state writes one event, in the same transaction as the change. A relay carries it to the event bus
with the source ${code(EVENT_SOURCE)} and the event's name as its detail type, and every event is chained into the ledger 账本.
An *inside* event is heard by functions of this stack; an *outside* event is for subscribers of the installation.
Articles are those of the regulation (工作细则).

For programs the same is in [events.json](events.json), a JSON Schema (draft 2020-12) that every installation gives out at
\`/public/events.json\`: \`$defs\` has each event by \`event.\` and its name.`,
    table(
      ['event', '中文', 'article', 'for', 'heard by'],
      eventTypes.map((type) => {
        const { zh, article, audience } = described(type);
        return [
          `[${code(type)}](#${anchor(type)})`,
          zh,
          articleOf(article),
          audience,
          codes(hearersOf(type)),
        ];
      }),
    ),
    '## The envelope\n\nEvery event has these fields; `data` holds its own.',
    fieldTable(envelope()),
    `\`correlation\` is the trigger's id and goes from the webhook to the publication; \`causation\` is the event or request that
led to this one. \`id\` follows from what caused the event, so a step that is run again makes the same event: a subscriber that
remembers ids handles each once.`,
    ...eventTypes.map(section),
  );
}

interface Described {
  readonly zh: string;
  readonly article?: string;
  readonly audience: Audience;
}

function described(type: EventType): Described {
  return catalogue[type];
}

function section(type: EventType): string {
  const { zh, article, audience } = described(type);
  const hearers = hearersOf(type);
  const heard = hearers.length === 0 ? 'no function of this stack hears it' : `heard by ${codes(hearers)}`;
  const where = article === undefined ? '' : ` Article ${article} (第${articleNumber(article)}条).`;
  return `## ${type}\n\n${zh}.${where} ${audience === 'inside' ? 'Inside' : 'Outside'}; ${heard}.\n\n${fieldTable(catalogue[type].data)}`;
}

/** The functions whose rule names the event. */
function hearersOf(type: EventType): string[] {
  return Object.entries(consumers).flatMap(([name, { hears }]) => {
    const heard: readonly EventType[] = hears;
    return heard.includes(type) ? [name] : [];
  });
}

/** Any event's schema without its own data: `type` and `data` differ, the rest is the same. */
function envelope(): z.ZodType {
  const { schema } = catalogue['trigger.received'];
  return schema.extend({ type: z.string(), data: z.looseObject({}) });
}

function articleOf(article: string | undefined): string {
  return article ?? '–';
}

/** `7(2)` is paragraph 2 of article 7. */
function articleNumber(article: string): string {
  return article.replace(/\(.*\)$/, '');
}

function anchor(heading: string): string {
  return heading.replaceAll('.', '');
}
