import type { Schema } from './document.ts';

/** One field of an object, those inside objects and lists by their path: `team[].inspector`. */
export interface FieldRow {
  readonly path: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** The fields of a schema that it says itself; those of a named schema stand where that is shown. */
export function fieldRows(schema: Schema, above = ''): FieldRow[] {
  const own = Object.entries(schema.properties).flatMap(([name, field]) => {
    const path = above === '' ? name : `${above}.${name}`;
    return [{ path, required: schema.required.includes(name), schema: field }, ...fieldRows(field, path)];
  });
  const each = schema.items === undefined ? [] : fieldRows(schema.items, `${above}[]`);
  const byKey =
    typeof schema.additionalProperties === 'object'
      ? fieldRows(schema.additionalProperties, `${above}{}`)
      : [];
  const variants = [...schema.anyOf, ...schema.oneOf].flatMap((variant, at) =>
    fieldRows(variant, above + variantLabel(variant, at)),
  );
  return [...own, ...each, ...byKey, ...variants];
}

/** What tells a variant from the others: the field that has one value only, else its number. */
function variantLabel(variant: Schema, at: number): string {
  const kind = Object.entries(variant.properties).find(([, field]) => field.const !== undefined);
  return kind === undefined ? `(${at + 1})` : `(${kind[0]}=${String(kind[1].const)})`;
}

/** What narrows a type. The patterns of dates and instants say no more than their format. */
export function acceptedBy(schema: Schema): string {
  const { enum: values, format, pattern, minLength, maxLength, minItems, maxItems } = schema;
  return [
    ...(values === undefined ? [] : [values.join(' ')]),
    ...(minLength === undefined && maxLength === undefined
      ? []
      : [`${span(minLength, maxLength)} 字符 characters`]),
    ...(minItems === undefined && maxItems === undefined ? [] : [`${span(minItems, maxItems)} 项 entries`]),
    ...numbers(schema),
    ...(pattern === undefined || format === 'date' || format === 'date-time' ? [] : [pattern]),
    ...(schema.default === undefined ? [] : [`默认 default ${JSON.stringify(schema.default)}`]),
    ...(schema.items === undefined ? [] : [acceptedBy(schema.items)]),
  ]
    .filter((part) => part !== '')
    .join('；');
}

/** Bounds of numbers; those of what a double holds exactly are no rule of ours. */
function numbers({ type, minimum, exclusiveMinimum, maximum }: Schema): string[] {
  const least = exclusiveMinimum !== undefined && type === 'integer' ? exclusiveMinimum + 1 : minimum;
  const low = least === Number.MIN_SAFE_INTEGER ? undefined : least;
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  return low === undefined && high === undefined ? [] : [span(low, high)];
}

function span(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return `≤ ${most}`;
  return most === undefined ? `≥ ${least}` : `${least}–${most}`;
}
