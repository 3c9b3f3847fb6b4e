import * as z from 'zod';

/** A JSON Schema (draft 2020-12), or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

const Schemas = z.record(z.string(), z.record(z.string(), z.unknown()));
const Definitions = Schemas.default({});

/** What zod puts under this name is used by several schemas and has no name of its own, as what refers to itself. */
const SHARED = '__shared';

/**
 * Schemas as JSON Schemas that refer to each other by name instead of saying it again.
 * They say what is accepted: a default need not be sent, and what an answer may lack is not promised.
 * @param at what stands before a name in a reference: `#/components/schemas/`
 */
export function jsonSchemas(named: ReadonlyMap<string, z.ZodType>, at: string): Map<string, Schema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of named) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    uri: (id) => `${at}${id}`,
    override: ({ jsonSchema }) => {
      // A format of zod's own, which no reader of the document knows; the pattern beside it says the same.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
    },
  });
  const text = JSON.stringify(schemas).replaceAll(`"${at}${SHARED}#/$defs/`, `"${at}shared.`);
  const { [SHARED]: shared = {}, ...rest } = Schemas.parse(JSON.parse(text));
  return new Map<string, Schema>([
    ...Object.entries(rest).map(([name, schema]): [string, Schema] => [name, withoutAddress(schema)]),
    ...Object.entries(Definitions.parse(shared['$defs'])).map(([name, schema]): [string, Schema] => [
      `shared.${name}`,
      schema,
    ]),
  ]);
}

/** A part of a document has the document's address and dialect. */
function withoutAddress({ $schema: _dialect, $id: _address, ...schema }: Schema): Schema {
  return schema;
}

/** Those that something refers to, and those that they refer to, by name. */
export function referredTo(from: unknown, all: ReadonlyMap<string, Schema>, at: string): Map<string, Schema> {
  const found = new Map<string, Schema>();
  const open: unknown[] = [from];
  while (open.length > 0) {
    for (const name of namesIn(open.pop(), at)) {
      const schema = all.get(name);
      if (schema !== undefined && !found.has(name)) {
        found.set(name, schema);
        open.push(schema);
      }
    }
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    key === '$ref' && typeof member === 'string' && member.startsWith(at)
      ? [member.slice(at.length)]
      : namesIn(member, at),
  );
}
