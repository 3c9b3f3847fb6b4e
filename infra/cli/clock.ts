import * as z from 'zod';
import { dateInShanghai, Instant, instantOf, minuteOfDayInShanghai } from '#domain/time/time.ts';
import { answered, jsonIn } from './answer.ts';
import { argument } from './argument.ts';
import { connectionFor } from './connection.ts';
import { Failure, UsageError } from './failure.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { print } from './output.ts';
import { progress } from './progress.ts';
import { ClockAnswer, virtualTime } from './server-clock.ts';

const ShowOptions = z.object({ url: z.string().optional() });

/** `clock show` */
export async function show(options: unknown): Promise<void> {
  const { url } = connectionFor(ShowOptions.parse(options).url);
  const answer = await exchange({ method: 'GET', url: `${url}/_local/clock` });
  const now = virtualTime(answer);
  if (now === undefined) {
    throw noClock(url);
  }
  print(timeLine(now));
}

const AdvanceOptions = ShowOptions.extend({
  hours: z.string().optional(),
  days: z.string().optional(),
  workingDays: z.string().optional(),
  to: z.string().optional(),
});
type AdvanceOptions = z.infer<typeof AdvanceOptions>;

/** `clock advance`: waits until everything that fell due on the way was done. */
export async function advance(options: unknown): Promise<void> {
  const asked = AdvanceOptions.parse(options);
  const step = stepOf(asked);
  const { url } = connectionFor(asked.url);
  const line = progress();
  line.show('moving the clock …');
  let answer: HttpAnswer;
  try {
    answer = await exchange({
      method: 'POST',
      url: `${url}/_local/clock/advance`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(step)),
    });
  } finally {
    line.clear();
  }
  // The local stack answers what it can't do in its own shape; a 404, or 401 and 405 of a gateway, is another server.
  if ([401, 403, 404, 405].includes(answer.status) && !isControlAnswer(answer)) {
    throw noClock(url);
  }
  print(timeLine(answered('moving the clock', answer, ClockAnswer).now));
}

type Step = { readonly hours: number } | { readonly workingDays: number } | { readonly to: Instant };

function stepOf({ hours, days, workingDays, to }: AdvanceOptions): Step {
  const given = [hours, days, workingDays, to].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      `clock advance takes exactly one of --hours N, --days N, --working-days N and --to INSTANT; ${given.length === 0 ? 'none was' : `${given.length} were`} given`,
    );
  }
  if (hours !== undefined) {
    return { hours: argument('--hours', Positive, hours, 'a number above 0') };
  }
  if (days !== undefined) {
    return { hours: 24 * argument('--days', Positive, days, 'a number above 0') };
  }
  if (workingDays !== undefined) {
    return { workingDays: argument('--working-days', PositiveWhole, workingDays, 'a whole number above 0') };
  }
  const accepted = 'a moment with its offset, e.g. 2026-03-02T08:30+08:00 or 2026-03-02T00:30:00Z';
  return { to: argument('--to', Moment, to, accepted) };
}

const Positive = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/)
  .transform(Number)
  .pipe(z.number().positive());
const PositiveWhole = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .pipe(z.int().positive());
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })])
  .transform((text) => instantOf(Date.parse(text)));

function isControlAnswer(answer: HttpAnswer): boolean {
  return z.object({ error: z.string() }).safeParse(jsonIn(answer)).success;
}

function noClock(url: string): Failure {
  return new Failure(
    `${url} has no clock that can be shown or moved: only the local stack ("npm start") has one, an installation goes by the real time`,
  );
}

/** `2026-03-02T01:30:00.000Z  2026-03-02 09:30 Asia/Shanghai` */
function timeLine(now: Instant): string {
  const minutes = minuteOfDayInShanghai(now);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${now}  ${dateInShanghai(now)} ${hour}:${minute} Asia/Shanghai`;
}
