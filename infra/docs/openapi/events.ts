import { catalogue, eventTypes } from '#contracts/catalogue.ts';
import { EVENT_SOURCE } from '#contracts/events.ts';
import { jsonSchemas, referredTo, type Schema } from './schemas.ts';
import { eventSchemas } from './names.ts';
import type * as z from 'zod';

const AT = '#/$defs/';

/** Every event as a JSON Schema: the whole fits any of them, `$defs` has each by `event.` and its type. */
export function eventDocument(named: ReadonlyMap<string, z.ZodType>): Schema {
  const oneOf = Array.from(eventSchemas.keys(), (name) => ({ $ref: AT + name }));
  const used = referredTo(oneOf, jsonSchemas(named, AT), AT);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: '明抽的事件 Events of Mingchou',
    description: `The detail of each event on the bus, whose source is ${EVENT_SOURCE} and whose detail type is the event's type.`,
    oneOf,
    $defs: Object.fromEntries(Array.from(used, ([name, schema]) => [name, { ...titleOf(name), ...schema }])),
  };
}

function titleOf(name: string): Schema {
  const type = eventTypes.find((one) => name === `event.${one}`);
  return type === undefined ? {} : { title: catalogue[type].zh };
}
