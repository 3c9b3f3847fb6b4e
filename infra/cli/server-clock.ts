import * as z from 'zod';
import { Instant, instantOf } from '#domain/time/time.ts';
import { jsonIn } from './answer.ts';
import { exchange, type HttpAnswer } from './http.ts';

/** What the local stack tells of its virtual clock. */
export const ClockAnswer = z.object({ now: Instant });

/** The time that the server goes by: the local stack's virtual clock, else the Date of its answer, else this machine's time. */
export async function serverTime(url: string): Promise<Instant> {
  const answer = await exchange({ method: 'GET', url: `${url}/_local/clock` });
  return virtualTime(answer) ?? dateOf(answer) ?? instantOf(Date.now());
}

/** The virtual clock's time, when the answer is one of a local stack. */
export function virtualTime(answer: HttpAnswer): Instant | undefined {
  const clock = answer.status === 200 ? ClockAnswer.safeParse(jsonIn(answer)) : undefined;
  return clock?.data?.now;
}

function dateOf({ headers }: HttpAnswer): Instant | undefined {
  const milliseconds = Date.parse(headers.date ?? '');
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds);
}
