import type { VNode } from 'preact';
import type { PersonRole } from '#domain/person/person.ts';
import type { CalendarDate, Instant } from '#domain/time/time.ts';
import type { ProblemDocument } from '#web/problem.ts';
import type { Api, Given } from '#console/api/api.ts';
import type { Session } from '#console/session/session.ts';
import type { Form } from './form.ts';

/** Chinese, then English. */
export type Words = readonly [zh: string, en: string];

export type Person = Pick<Session, 'staffNo' | 'name' | 'role' | 'unit'>;

/** A form that was sent and is shown again: refused, with what is wrong, or answered without leaving the page. */
export interface Returned {
  readonly action: string;
  readonly form: Form;
  readonly problem?: ProblemDocument;
  /** What came of it, e.g. a preview. */
  readonly outcome?: VNode;
}

/** What a page is asked, by whom and when. */
export interface Asked {
  readonly person: Person;
  readonly api: Api;
  /** The page's own address, without what is asked in it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly at: Instant;
  readonly today: CalendarDate;
  readonly returned?: Returned;
}

/** An address with what is asked in it. */
export function addressOf({ path, query }: Pick<Asked, 'path' | 'query'>): string {
  const asked = new URLSearchParams(query).toString();
  return asked === '' ? path : `${path}?${asked}`;
}

export interface Shown {
  readonly title: string;
  readonly content: VNode;
  /** Asks the browser to load the page again after so many seconds, while something is under way. */
  readonly againAfterSeconds?: number;
}

/** Where a form leads: to a page, back to its own with an outcome, or to a file. */
export type Done = { readonly to: string } | { readonly outcome: VNode } | { readonly given: Given };

export interface Action {
  /** What is said on the page that it leads to. */
  readonly said: Words;
  readonly run: (asked: Asked, form: Form) => Promise<Done>;
}

export interface Page {
  /** Below `/console`, e.g. `/triggers/{id}`. */
  readonly path: string;
  /** Whose page it is; the API decides what they may do there. */
  readonly roles: readonly PersonRole[];
  /** Its place in the navigation; a page without one is reached from others. */
  readonly nav?: { readonly group: NavGroup; readonly words: Words };
  readonly show: (asked: Asked) => Promise<Shown | { readonly given: Given }>;
  readonly actions?: Readonly<Record<string, Action>>;
}

export const navGroups = {
  work: ['工作台', 'My work'],
  draws: ['触发与抽取', 'Triggers and draws'],
  watch: ['监测与统计', 'Monitoring and figures'],
  libraries: ['名录库', 'Libraries'],
  settings: ['系统管理', 'Administration'],
} as const satisfies Readonly<Record<string, Words>>;
export type NavGroup = keyof typeof navGroups;

export const EVERYBODY: readonly PersonRole[] = [
  'lead-section',
  'business-section',
  'unit',
  'inspector',
  'supervisor',
  'administrator',
];
