import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '#sha256';
import type { CalendarLink } from '#contracts/api/agenda.ts';
import { workingDaysBetween } from '#domain/calendar/calendar.ts';
import { deadlineEnglish, deadlineLabels, type Deadline } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { agendaFile, type AgendaEntry } from '#files/agenda.ts';
import { loadFeed, replacedLink } from '#store/calendar-links.ts';
import { commit, settled } from '#store/commit.ts';
import type { Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { counting, owner, person, store } from './asking.ts';
import { ownDeadlines } from './reading.ts';

/** In base64url without padding: 15 bytes are 20 characters, 33 bytes 44. */
const ID_BYTES = 15;
const ID_LENGTH = 20;
const SECRET_BYTES = 33;

/** Makes a person's calendar link, or another in place of it. The secret is shown this once; only its hash is kept. */
export function makeLink(request: HttpRequest): Promise<Answer> {
  return settled(async () => {
    const { staffNo } = await person(request);
    const feed = randomBytes(ID_BYTES).toString('base64url');
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const next = { feed, hash: sha256(secret), at: request.at };
    await commit(store(), { at: request.at, writes: await replacedLink(store(), staffNo, next), events: [] });
    const link: CalendarLink = { path: `/public/calendars/${feed}${secret}.ics`, createdAt: request.at };
    return json(201, link);
  });
}

/** Takes a person's link back. What was subscribed by it is not found any more. */
export function dropLink(request: HttpRequest): Promise<Answer> {
  return settled(async () => {
    const { staffNo } = await person(request);
    const writes = await replacedLink(store(), staffNo, undefined);
    await commit(store(), { at: request.at, writes, events: [] });
    return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
  });
}

/** The calendar of whoever the link belongs to: what they see in the list of their deadlines, and nothing else. */
export async function calendar(request: HttpRequest): Promise<Answer> {
  const staff = await ownerOf(param(request, 'token').replace(/\.ics$/, ''));
  const today = dateInShanghai(request.at);
  const [{ deadlines, titles }, days] = await Promise.all([ownDeadlines(staff, today), counting()]);
  // While it is paused it has no day.
  const open = deadlines.filter(({ status }) => status === 'open');
  const entries = open.map((one) => entryOf(one, titles.get(one.of.id) ?? one.of.id, days, today));
  const body = agendaFile(`明抽期限 · ${staff.name}`, entries);
  const etag = `"${sha256(body)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  return request.headers['if-none-match'] === etag
    ? { status: 304, headers, body: '' }
    : { status: 200, headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' }, body };
}

/** @throws Refusal `not-found`, the same for a link that never was, one that was taken back, and one of somebody who left */
async function ownerOf(token: string): Promise<Staff> {
  const feed = await loadFeed(store(), token.slice(0, ID_LENGTH));
  const given = Buffer.from(sha256(token.slice(ID_LENGTH)), 'hex');
  const kept = Buffer.from(feed?.hash ?? '', 'hex');
  if (feed === undefined || given.length !== kept.length || !timingSafeEqual(given, kept)) {
    return unknownLink();
  }
  try {
    return await owner(feed.staffNo);
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'not-staff') return unknownLink();
    throw error;
  }
}

function unknownLink(): never {
  return refuse('not-found', '没有这个日历链接 There is no such calendar link.');
}

function entryOf(deadline: Deadline, about: string, days: Counting, today: CalendarDate): AgendaEntry {
  const { id, version, kind, startedAt, movedAt = startedAt, due, provisional, of } = deadline;
  const remaining = workingDaysBetween(days, today, due);
  const [zh, en] =
    remaining < 0 || today > due
      ? [`已逾期 ${-remaining} 个工作日`, `overdue by ${-remaining} working day(s)`]
      : [`还剩 ${remaining} 个工作日`, `${remaining} working day(s) left`];
  const [zhDay, enDay] = provisional
    ? ['（暂定：放假安排尚未公布）', ' (provisional: the holidays are not announced)']
    : ['', ''];
  return {
    uid: `${id}@mingchou`,
    version,
    at: movedAt,
    day: due,
    summary: `${deadlineLabels[kind]}：${about} ${deadlineEnglish[kind]}`,
    description: `${zh}${zhDay}，编号 ${of.id}\n${en}${enDay}, ${of.id}`,
    tentative: provisional,
  };
}
