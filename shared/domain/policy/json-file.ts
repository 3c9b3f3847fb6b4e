import type * as z from 'zod';
import type { RowError } from '#domain/library/column.ts';
import { memberOf } from '#domain/library/writing.ts';
import { PolicyEntry, type PolicyDraft } from './body.ts';

/** Policies of a JSON file that read well, each with its place in the list from 1, and what is wrong with the others. */
export interface JsonReading {
  readonly records: readonly { readonly row: number; readonly record: PolicyDraft }[];
  readonly errors: readonly RowError[];
}

/** Reads each entry by itself; one that is at fault leaves the others standing. A column is a JSON pointer into the entry. */
export function readPolicies(entries: readonly unknown[]): JsonReading {
  const records: { row: number; record: PolicyDraft }[] = [];
  const errors: RowError[] = [];
  const rowOfId = new Map<string, number>();
  for (const [place, entry] of entries.entries()) {
    const row = place + 1;
    const parsed = PolicyEntry.safeParse(entry);
    if (!parsed.success) {
      errors.push(...parsed.error.issues.flatMap((issue) => faults(row, entry, issue)));
      continue;
    }
    const record = parsed.data;
    const broken = halfCharacters(record, []);
    if (broken.length > 0) {
      errors.push(
        ...broken.map((path) => ({
          row,
          column: pointer(path),
          value: '',
          reason: 'value-invalid',
          detail: '含不完整的字符',
        })),
      );
      continue;
    }
    const earlier = rowOfId.get(record.id);
    if (earlier !== undefined) {
      const detail = `与第 ${earlier} 条重复 the policy ${earlier} of the file has this id`;
      errors.push({ row, column: '/id', value: record.id, reason: 'duplicate', detail });
      continue;
    }
    rowOfId.set(record.id, row);
    records.push({ row, record });
  }
  return { records, errors };
}

function faults(row: number, entry: unknown, issue: z.core.$ZodIssue): RowError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const value = written(memberOf(entry, [...path, key].join('.')));
      return { row, column: pointer([...path, key]), value, reason: 'field-unknown', detail: '未知字段' };
    });
  }
  const value = path.length === 0 ? entry : memberOf(entry, path.join('.'));
  const reason = value === undefined ? 'value-missing' : 'value-invalid';
  const detail = value === undefined ? '必填' : issue.message;
  return [{ row, column: pointer(path), value: written(value), reason, detail }];
}

function pointer(path: readonly string[]): string {
  return path.map((step) => `/${step}`).join('');
}

/** What stands at a place when it is one value; of a list or an object, which may be of any depth, the place says enough. */
function written(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Texts with half a surrogate pair: they have no UTF-8 form, so they could be neither stored nor hashed. */
function halfCharacters(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [path];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => halfCharacters(member, [...path, key]))
    : [];
}
