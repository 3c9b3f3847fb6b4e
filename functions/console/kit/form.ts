import * as z from 'zod';
import { CalendarDate, later, startOfDay } from '#domain/time/time.ts';
import type { HttpRequest } from '#web/request.ts';
import type { Words } from './page.ts';

/** What was typed into a form, as the browser sent it. */
export interface Form {
  /** The form's own number: sent twice, it is carried out once. */
  readonly once: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, readonly File[]>>;
}

export interface Option {
  readonly value: string;
  readonly words: Words;
}

/** The values of an enumeration as options, under their labels; without a second table the value itself stands as the English. */
export function optionsOf<Value extends string>(
  values: readonly Value[],
  zh: Readonly<Record<Value, string>>,
  en?: Readonly<Record<Value, string>>,
): Option[] {
  return values.map((value) => ({ value, words: [zh[value], en?.[value] ?? value] }));
}

/** Fields that belong together, under a heading of their own; `folded`: closed at first, for what is seldom needed. */
export interface Group {
  readonly words: Words;
  readonly folded?: true;
}

interface Common {
  /** The path of what it fills in the body, with dots: `signature.signed`. */
  readonly name: string;
  readonly words: Words;
  readonly required?: boolean;
  readonly hint?: string;
  readonly group?: Group;
}

/** A field of a form, by which it is drawn, read and told what is wrong with it. */
export type Field = Common &
  (
    | { readonly kind: 'text' | 'long' | 'date' | 'time' | 'lines'; readonly maxLength?: number }
    /** What is typed is never sent back to the browser: a form that was refused asks for it anew. */
    | { readonly kind: 'secret'; readonly maxLength?: number }
    | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
    | { readonly kind: 'choice' | 'choices'; readonly options: readonly Option[]; readonly numbers?: true }
    | { readonly kind: 'yes' }
    | { readonly kind: 'file'; readonly accept: string; readonly maxBytes: number; readonly multiple?: true }
  );

/** The hidden fields of every form. */
export const ACTION = '.action';
export const ONCE = '.once';
/** Names the fields of a form that hold a secret. */
export const SECRET = '.secret';

/** Fields that follow each other, under one heading. */
export function grouped(group: Group, fields: readonly Field[]): Field[] {
  return fields.map((field) => ({ ...field, group }));
}

/** Reads a form as browsers send it: `application/x-www-form-urlencoded`, or `multipart/form-data` where it has files. */
export async function readForm(
  request: HttpRequest,
): Promise<{ readonly action: string; readonly form: Form }> {
  const type = request.headers['content-type'] ?? '';
  const data = await new Response(Buffer.from(request.body), {
    headers: { 'content-type': type },
  }).formData();
  const values: Record<string, string[]> = {};
  const files: Record<string, File[]> = {};
  for (const [name, value] of data) {
    if (typeof value === 'string') {
      // Browsers send line ends as CRLF, whatever was typed.
      (values[name] ??= []).push(value.replaceAll('\r\n', '\n'));
    } else if (value.size > 0 || value.name !== '') {
      (files[name] ??= []).push(value);
    }
  }
  const { [ACTION]: [action = ''] = [], [ONCE]: [once = ''] = [], ...typed } = values;
  return { action, form: { once, values: typed, files } };
}

/** The first value of a field, without blanks around it; empty when it was left empty. */
export function textOf(form: Form, name: string): string {
  return (form.values[name]?.[0] ?? '').trim();
}

/**
 * The body that fields fill: names with dots make objects inside of it, what was left empty is left out, and the API says
 * of each field what is wrong. Instants are typed as the time of day in Shanghai.
 */
export function bodyOf(fields: readonly Field[], form: Form): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, form);
    if (value !== undefined) {
      put(body, field.name.split('.'), value);
    }
  }
  return body;
}

function valueOf(field: Field, form: Form): unknown {
  const text = textOf(form, field.name);
  switch (field.kind) {
    case 'text':
    case 'secret':
    case 'long':
    case 'date':
      return text === '' ? undefined : text;
    case 'time':
      return text === '' ? undefined : instantText(text);
    case 'lines': {
      const lines = text.split('\n').map((line) => line.trim());
      return text === '' ? undefined : lines.filter((line) => line !== '');
    }
    case 'number':
      return text === '' ? undefined : numberOr(text);
    case 'choice':
      return text === '' ? undefined : field.numbers === true ? numberOr(text) : text;
    case 'choices': {
      const chosen = (form.values[field.name] ?? []).filter((one) => one !== '');
      return field.numbers === true ? chosen.map(numberOr) : chosen;
    }
    case 'yes':
      return text !== '';
    case 'file':
      return undefined;
  }
}

/** What is no number stays a text, of which the API then says that it is none. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

const TypedTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/)
  .transform((text) => ({
    date: text.slice(0, 10),
    minutes: Number(text.slice(11, 13)) * 60 + Number(text.slice(14)),
  }))
  .pipe(z.object({ date: CalendarDate, minutes: z.int() }));

/** `2026-03-02T09:30` of Shanghai as an instant; anything else as it is, to be refused. */
function instantText(text: string): string {
  const typed = TypedTime.safeParse(text);
  return typed.success ? later(startOfDay(typed.data.date), typed.data.minutes * 60_000) : text;
}

function put(body: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  const inner = body[first];
  const object = isObject(inner) ? inner : {};
  body[first] = object;
  put(object, rest, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON Pointer (RFC 6901) of what a field fills. */
export function pointerOf(name: string): string {
  return `/${name.replaceAll('.', '/')}`;
}
