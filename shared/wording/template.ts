import type { EventFacts } from '#contracts/catalogue.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import type { Wording } from './wording.ts';

/**
 * A wording with what it comes to for realistic events, one for each way in which it can come out. A test holds this list to
 * the functions that the files of wordings export: a new one without a sample fails it.
 */
export interface Template {
  /** The event, or the step, that is told of. */
  readonly name: string;
  /** The function that words it. */
  readonly by: (...facts: never[]) => Wording;
  readonly samples: readonly Wording[];
}

export const day = (text: string) => CalendarDate.parse(text);
export const moment = (text: string) => Instant.parse(text);
export const shop = { subjectId: '91410381MA9F00000X', subjectName: '示例餐饮有限公司' };
export const UNIT = '商务综合执法大队';
export const HASH = '0'.repeat(64);

/** What every event says beside its data. */
export function facts(about: EventFacts['about']): EventFacts & { readonly id: string } {
  return {
    id: 'E-1',
    time: moment('2026-09-01T01:00:00.000Z'),
    about,
    correlation: 'T-8c44d1',
    causation: 'E-0',
    actor: { kind: 'function', id: 'templates' },
  };
}
