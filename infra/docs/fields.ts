import * as z from 'zod';
import { code, table } from './markdown.ts';

/** The part of JSON Schema that our schemas come out as. */
const JsonSchema = z.looseObject({
  type: z.string().optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), JsonSchema).optional();
  },
  get items() {
    return JsonSchema.optional();
  },
});
type JsonSchema = z.infer<typeof JsonSchema>;

/** One field of an object: `team[].inspector`. */
interface Field {
  readonly path: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The fields of an object schema as a table, those inside objects and lists by their path. */
export function fieldTable(schema: z.ZodType, leaveOut: readonly string[] = []): string {
  const fields = fieldsOf(JsonSchema.parse(z.toJSONSchema(schema)), '').filter(
    ({ path }) => !leaveOut.includes(path),
  );
  return fields.length === 0
    ? 'No fields.\n'
    : table(
        ['field', 'type', 'required', 'accepted'],
        fields.map((field) => [
          code(field.path),
          typeOf(field.schema),
          field.required ? 'yes' : 'no',
          acceptedBy(field.schema),
        ]),
      );
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema, above: string): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = above + name;
    const inside =
      schema.items === undefined ? fieldsOf(schema, `${path}.`) : fieldsOf(schema.items, `${path}[].`);
    return [{ path, required: required.includes(name), schema }, ...inside];
  });
}

function typeOf({ type, format, items, enum: values, const: value }: JsonSchema): string {
  if (items !== undefined) {
    return `list of ${typeOf(items)}`;
  }
  if (format === 'date-time') {
    return 'instant';
  }
  if (format === 'date') {
    return 'date';
  }
  if (format === 'uri') {
    return 'URL';
  }
  return type ?? typeof (value ?? values?.[0] ?? 'any');
}

/** What narrows the type. The patterns of dates and instants say no more than their type. */
function acceptedBy(schema: JsonSchema): string {
  const { items, enum: values, const: value, format, pattern, minLength, maxLength, maxItems } = schema;
  if (values !== undefined) {
    return values.map((one) => code(String(one))).join(', ');
  }
  if (value !== undefined) {
    return code(String(value));
  }
  const parts = [
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
    ...(minLength === undefined && maxLength === undefined ? [] : [lengthOf(minLength, maxLength)]),
    ...numbersOf(schema),
    ...(pattern === undefined || format === 'date-time' || format === 'date' ? [] : [patternText(pattern)]),
    ...(format === 'date-time' ? ['ISO 8601'] : []),
  ];
  const inner = items === undefined || items.properties !== undefined ? '' : acceptedBy(items);
  return [...parts, ...(inner === '' ? [] : [`each ${inner}`])].join('; ');
}

const HEX64 = '^[0-9a-f]{64}$';

function patternText(pattern: string): string {
  return pattern === HEX64 ? '64 lower-case hex digits' : code(pattern);
}

function lengthOf(least: number | undefined, most: number | undefined): string {
  if (most === undefined) {
    return `at least ${least} characters`;
  }
  return least === undefined ? `at most ${most} characters` : `${least} to ${most} characters`;
}

/** Bounds of whole numbers; those of what a double holds exactly are no rule of ours. */
function numbersOf({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): string[] {
  if (type !== 'integer') {
    return [];
  }
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  const low = least === Number.MIN_SAFE_INTEGER ? undefined : least;
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low === undefined) {
    return high === undefined ? [] : [`at most ${high}`];
  }
  return [high === undefined ? `${low} or more` : `${low} to ${high}`];
}
