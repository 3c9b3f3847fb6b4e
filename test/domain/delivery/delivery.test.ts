import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accepted,
  attempted,
  concluded,
  Delivery,
  isDue,
  isLost,
  LISTED_MESSAGES,
  lost,
  newDelivery,
  pauseAfter,
  resent,
  withMessage,
} from '#domain/delivery/delivery.ts';
import { kept, OutcomeKind } from '#domain/delivery/outcome.ts';
import { later, type Instant } from '#domain/time/time.ts';
import { message, queued } from '../../support/parcels.ts';
import { refusalOf } from '../../support/refusals.ts';
import { at, MONDAY } from '../../support/samples.ts';

const atOnce = (from: Instant) => from;
const sending = attempted(queued, MONDAY);
const said = (kind: OutcomeKind, answer = 'x') => ({ kind, answer });
const after = (kind: OutcomeKind) => concluded(sending, 1, said(kind), MONDAY, atOnce);
const by = { at: MONDAY, by: 'HP9007', reason: '已电话确认' };

describe('a delivery', () => {
  it('has an id that follows from channel and message, or from channel, person and morning', () => {
    expect(newDelivery('wecom', message(1), MONDAY).id).toBe(queued.id);
    const morning = at('2026-03-03T00:40:00.000Z');
    const digest = (n: number, next = morning) =>
      newDelivery('mail', message(n, { urgency: 'digest' }), next).id;
    expect(digest(1)).toBe(digest(2));
    expect(digest(1, at('2026-03-04T00:40:00.000Z'))).not.toBe(digest(1));
    expect(newDelivery('mail', message(1, { to: 'HP1002', urgency: 'digest' }), morning).id).not.toBe(
      digest(1),
    );
  });

  it('is due from its moment on, and under way for half an hour', () => {
    expect(isDue(queued, at('2026-03-02T01:29:59.999Z'))).toBe(false);
    expect(isDue(queued, MONDAY)).toBe(true);
    expect(sending).toMatchObject({ status: 'sending', attempts: 1, next: '2026-03-02T02:00:00.000Z' });
    expect(isLost(sending, at('2026-03-02T01:59:59.999Z'))).toBe(false);
    expect(isLost(sending, at('2026-03-02T02:00:00.000Z'))).toBe(true);
  });

  it('is not begun twice', () => {
    expect(refusalOf(() => attempted(sending, MONDAY)).reason).toBe('wrong-state');
  });

  it.each([
    ['delivered', 'delivered', undefined],
    ['refused', 'dead', undefined],
    ['unsure', 'doubtful', undefined],
    ['failed', 'waiting', later(MONDAY, pauseAfter(queued.id, 1))],
    ['limited', 'waiting', later(MONDAY, pauseAfter(queued.id, 1))],
  ] as const)('whose channel %s is %s', (kind, status, next) => {
    const ended = after(kind);
    expect([ended?.status, ended?.next]).toEqual([status, next]);
    expect(ended?.last).toEqual({ at: MONDAY, kind, answer: 'x' });
  });

  it('waits as long as the channel says, and until its recipient may be told', () => {
    const outcome = { kind: 'limited', answer: '429', retryAfter: 600 } as const;
    const evening = (from: Instant) => later(from, 3_600_000);
    expect(concluded(sending, 1, outcome, MONDAY, evening)?.next).toBe('2026-03-02T02:40:00.000Z');
  });

  it('is given up after eight failures; being told to wait is none of them', () => {
    const run = (kinds: readonly OutcomeKind[]) =>
      kinds.reduce((one: Delivery, kind) => {
        const begun = attempted(one, one.next ?? MONDAY);
        return concluded(begun, begun.attempts, said(kind), begun.next ?? MONDAY, atOnce) ?? one;
      }, queued);
    const failures = (count: number) => Array.from({ length: count }, () => 'failed' as const);
    expect(run(failures(7)).status).toBe('waiting');
    expect(run(failures(8)).status).toBe('dead');
    expect(run(['limited', 'limited', ...failures(7)]).status).toBe('waiting');
    expect(run(['limited', 'limited', ...failures(8)]).status).toBe('dead');
    expect(run(Array.from({ length: 57 }, () => 'limited' as const)).status).toBe('dead');
  });

  it('that died over an attempt is doubtful, and sent again where the receiver knows a second copy', () => {
    const late = at('2026-03-02T02:10:00.000Z');
    expect(lost(sending, MONDAY, false, atOnce)).toBeUndefined();
    expect(lost(sending, late, false, atOnce)).toMatchObject({
      status: 'doubtful',
      last: {
        kind: 'unsure',
        answer: '发送中断，不知是否送达 The attempt broke off; whether it arrived is not known.',
      },
    });
    expect(lost(sending, late, true, atOnce)).toMatchObject({ status: 'waiting', attempts: 1 });
  });

  it('that was taken for lost and comes back after all is in doubt no more', () => {
    const doubtful = lost(sending, at('2026-03-02T02:10:00.000Z'), false, atOnce) ?? sending;
    expect(concluded(doubtful, 1, said('delivered'), MONDAY, atOnce)?.status).toBe('delivered');
  });

  it('tells a late answer to an earlier attempt from one to this', () => {
    const again = attempted(after('failed') ?? sending, at('2026-03-02T03:00:00.000Z'));
    expect(concluded(again, 1, said('delivered'), MONDAY, atOnce)).toBeUndefined();
  });

  it('is sent again or closed by a person when it is dead or doubtful, and not otherwise', () => {
    const dead = after('refused') ?? sending;
    expect(resent(dead, by, atOnce)).toMatchObject({
      status: 'queued',
      next: MONDAY,
      attempts: 1,
      forgiven: 1,
      decisions: [{ ...by, what: 'resend' }],
    });
    const closed = accepted(after('unsure') ?? sending, by);
    expect(closed).toMatchObject({ status: 'accepted', decisions: [{ ...by, what: 'accept' }] });
    for (const one of [queued, sending, after('delivered') ?? sending, closed]) {
      expect(refusalOf(() => accepted(one, by)).reason).toBe('wrong-state');
      expect(refusalOf(() => resent(one, by, atOnce)).reason).toBe('wrong-state');
    }
  });

  it('of a morning takes more messages until it goes out, and counts those that it can not list', () => {
    const digest = newDelivery('mail', message(1, { urgency: 'digest' }), MONDAY);
    expect(withMessage(digest, message(2)).messages.map(({ id }) => id)).toEqual(['M-1', 'M-2']);
    expect(refusalOf(() => withMessage(attempted(digest, MONDAY), message(2))).reason).toBe('wrong-state');
    const many = Array.from({ length: LISTED_MESSAGES + 2 }, () => message(3)).reduce(withMessage, digest);
    expect([many.messages.length, many.unlisted]).toEqual([LISTED_MESSAGES, 3]);
  });

  it('is always of a shape that can be stored, never due at rest, and never begins an attempt that nobody wrote down', () => {
    const step = constantFrom(...OutcomeKind.options, 'lost', 'resend', 'accept');
    assert(
      property(array(step, { maxLength: 40 }), (steps) => {
        let one: Delivery = queued;
        for (const what of steps) {
          const before = one;
          const now = one.next ?? MONDAY;
          if (what === 'resend' || what === 'accept') {
            if (one.status !== 'dead' && one.status !== 'doubtful') continue;
            one = what === 'resend' ? resent(one, by, atOnce) : accepted(one, by);
          } else if (isDue(one, now)) {
            const begun = attempted(one, now);
            one =
              (what === 'lost'
                ? lost(begun, begun.next ?? now, false, atOnce)
                : concluded(begun, begun.attempts, said(what), now, atOnce)) ?? begun;
          }
          expect(Delivery.safeParse(one).success).toBe(true);
          const tried = what !== 'resend' && what !== 'accept' && isDue(before, now) ? 1 : 0;
          expect(one.attempts).toBe(before.attempts + tried);
          expect(one.next === undefined).toBe(!['queued', 'waiting', 'sending'].includes(one.status));
          expect(one.version).toBeGreaterThanOrEqual(before.version);
        }
      }),
    );
  });
});

describe('the pause after a failure', () => {
  it('doubles, and its part follows from the id', () => {
    // Computed by another implementation of SHA-256.
    expect(pauseAfter('V-1', 1)).toBe(44_809);
    expect(pauseAfter('V-1', 2)).toBe(62_665);
    expect(pauseAfter('V-2', 1)).toBe(59_545);
    expect(pauseAfter('V-1', 12)).toBe(9_780_667);
  });

  it('lies between half and all of the full one', () => {
    assert(
      property(string(), integer({ min: 1, max: 30 }), (id, attempt) => {
        const full = Math.min(60_000 * 2 ** (attempt - 1), 14_400_000);
        expect(pauseAfter(id, attempt)).toBeGreaterThanOrEqual(full / 2);
        expect(pauseAfter(id, attempt)).toBeLessThanOrEqual(full);
      }),
    );
  });
});

describe('a kept answer', () => {
  it('is one line of at most 500 characters, none of them half', () => {
    expect(kept(' 250 OK\r\n  queued ')).toBe('250 OK queued');
    expect(kept('𠮷'.repeat(600))).toBe(`${'𠮷'.repeat(250)}…`);
    expect(kept(`x${'𠮷'.repeat(600)}`)).toBe(`x${'𠮷'.repeat(249)}\ufffd…`);
    expect(kept('\ud842x')).toBe('\ufffdx');
  });
});
