import { dateInShanghai, minuteOfDayInShanghai, weekday, type Instant } from '#domain/time/time.ts';

/** One step of the story, for people who read Chinese and for those who don't. */
export interface Line {
  readonly at: Instant;
  /** What kind of step, to find it by. */
  readonly step: string;
  readonly zh: string;
  readonly en: string;
  /** What the words were made from, in full. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export type Print = (line: Line) => void;

const WEEKDAYS = [
  ['周一', 'Mon'],
  ['周二', 'Tue'],
  ['周三', 'Wed'],
  ['周四', 'Thu'],
  ['周五', 'Fri'],
  ['周六', 'Sat'],
  ['周日', 'Sun'],
] as const;

/** `2026-09-01 09:30 周二 Tue  中文 · English`, in the time of Asia/Shanghai. */
export function lineText({ at, zh, en }: Line): string {
  const { date, time, weekdays } = moment(at);
  return `${date} ${time} ${weekdays.join(' ')}  ${shortened(`${zh} · ${en}`)}`;
}

/** The same as one JSON object; the facts keep whole ids and hashes. */
export function lineJson({ at, step, zh, en, facts }: Line): string {
  const { date, time, weekdays } = moment(at);
  return JSON.stringify({
    date,
    time,
    weekday: weekdays[1],
    step,
    zh: shortened(zh),
    en: shortened(en),
    ...(facts === undefined ? {} : { facts }),
  });
}

function moment(at: Instant) {
  const date = dateInShanghai(at);
  const minutes = minuteOfDayInShanghai(at);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return { date, time: `${hour}:${minute}`, weekdays: WEEKDAYS[weekday(date) - 1] ?? ['', ''] };
}

/** Ids to six digits and hashes to eight: enough to tell them apart on a screen. */
function shortened(text: string): string {
  return text
    .replaceAll(/\b([A-Z])-([0-9a-f]{6})[0-9a-f]{18}\b/g, '$1-$2')
    .replaceAll(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, '$1…');
}
