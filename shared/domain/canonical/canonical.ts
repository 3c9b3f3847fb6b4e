import { Refusal } from '#domain/refusal/refusal.ts';

/** Deeper nesting than any draw's story needs; without a bound a cyclic value would end in a stack overflow. */
const MAX_DEPTH = 64;

/**
 * The canonical text of a JSON value: RFC 8785 (JCS) restricted to the I-JSON values (RFC 7493) that a draw may hold.
 * Members are sorted by UTF-16 code units, numbers are integers within ±(2^53 − 1).
 *
 * Refuses, naming the place by JSON Pointer: `json-number` (floats would print differently in another language,
 * and then the same commitment would have two hashes), `json-text` (a lone surrogate has no UTF-8 form),
 * `json-value` (undefined, functions, dates and other things JSON has not), `json-depth` (over 64 levels, of which
 * `around` are used up by what the value will be put into).
 */
export function canonicalJson(value: unknown, around = 0): string {
  return write(value, '', around);
}

function write(value: unknown, pointer: string, depth: number): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'number') {
    return writeNumber(value, pointer);
  }
  if (typeof value === 'string') {
    return writeText(value, pointer);
  }
  if (typeof value !== 'object') {
    throw refusal('json-value', pointer, `is of type ${typeof value}, which JSON has not`);
  }
  if (depth >= MAX_DEPTH) {
    throw refusal('json-depth', pointer, `is nested deeper than ${MAX_DEPTH} levels`);
  }
  return Array.isArray(value) ? writeArray(value, pointer, depth) : writeObject(value, pointer, depth);
}

function writeNumber(value: number, pointer: string): string {
  if (!Number.isSafeInteger(value)) {
    throw refusal('json-number', pointer, `is ${value}; only integers within ±9007199254740991 are accepted`);
  }
  return String(value);
}

function writeText(value: string, pointer: string): string {
  if (!value.isWellFormed()) {
    throw refusal('json-text', pointer, 'holds a lone surrogate; only well-formed Unicode is accepted');
  }
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], pointer: string, depth: number): string {
  // Array.from visits holes as undefined, so that a sparse array is refused instead of printed as `,,`.
  return `[${Array.from(values, (item, index) => write(item, `${pointer}/${index}`, depth + 1)).join(',')}]`;
}

function writeObject(value: object, pointer: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refusal('json-value', pointer, 'is neither a plain object nor an array');
  }
  const members: [string, unknown][] = Object.entries(value);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  const written = members.map(([key, member]) => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return `${writeText(key, here)}:${write(member, here, depth + 1)}`;
  });
  return `{${written.join(',')}}`;
}

function refusal(reason: string, pointer: string, what: string): Refusal {
  const place = pointer === '' ? 'The value' : `The value at ${pointer}`;
  return new Refusal(reason, `${place} ${what}.`, [{ pointer, detail: what }]);
}
