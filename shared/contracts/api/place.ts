import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** Where the next page of a list begins: after the record of this instant and id, the last that was looked at. */
export interface Place {
  readonly at: Instant;
  readonly id: string;
}

/** A place in a list of records whose ids begin with a letter, as `placeText` writes it. */
export function placeOf(letter: string) {
  return z
    .string()
    .regex(
      new RegExp(`^[^_]+_${letter}-[0-9a-f]{24}$`),
      `本列表给出的位置 a position that this list gave, e.g. 2026-03-02T01:30:00.000Z_${letter}-…`,
    )
    .transform((text) => text.split('_'))
    .pipe(z.tuple([Instant, z.string()]))
    .transform(([at, id]): Place => ({ at, id }));
}

/** A place as a link or an answer names it. */
export function placeText({ at, id }: Place): string {
  return `${at}_${id}`;
}
