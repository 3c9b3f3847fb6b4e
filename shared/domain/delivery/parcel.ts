import type { Message, Words } from '#domain/message/message.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import type { Language } from './preferences.ts';
import type { Delivery } from './delivery.ts';

/** What is handed to a channel: to whom, in which words. The same delivery makes the same parcel, whenever it is sent. */
export interface Parcel {
  readonly delivery: string;
  readonly to: { readonly staffNo: string; readonly name: string; readonly email?: string | undefined };
  readonly urgency: Delivery['urgency'];
  readonly subject: string;
  readonly text: string;
  /** The same in fewer words, for a channel that takes no more: the subjects alone. */
  readonly short: string;
  readonly messages: readonly Message[];
}

/** Puts a delivery's messages into words for whoever gets them. @throws RangeError without any message: there is nothing to say */
export function parcelOf(
  delivery: Delivery,
  to: Parcel['to'],
  messages: readonly Message[],
  language: Language,
): Parcel {
  const [first] = messages;
  if (first === undefined) throw new RangeError(`the messages of ${delivery.id} are not in the inbox`);
  const said = { delivery: delivery.id, to, urgency: delivery.urgency, messages };
  if (delivery.urgency === 'immediate') {
    const subject = subjectIn(language, first);
    return { ...said, subject, text: textIn(language, first), short: subject };
  }
  const count = messages.length + delivery.unlisted;
  const subject = digestSubject(language, count, delivery.planned);
  const subjects = messages.map((message) => subjectIn(language, message));
  const listed = messages.map(
    (message, at) => `${at + 1}. ${subjects[at] ?? ''}\n${textIn(language, message)}`,
  );
  const rest = restIn(language, delivery.unlisted);
  return {
    ...said,
    subject,
    text: [...listed, ...rest].join('\n\n'),
    short: [...subjects.map((one, at) => `${at + 1}. ${one}`), ...rest].join('\n'),
  };
}

function subjectIn(language: Language, { zh, en }: Record<'zh' | 'en', Words>): string {
  return language === 'en' ? en.subject : zh.subject;
}

function textIn(language: Language, { zh, en }: Record<'zh' | 'en', Words>): string {
  if (language === 'both') return `${zh.text}\n${en.text}`;
  return language === 'en' ? en.text : zh.text;
}

function digestSubject(language: Language, count: number, at: Instant): string {
  const day = dateInShanghai(at);
  const zh = `${day} 消息汇总：${count} 条`;
  const en = `${count} message(s) of ${day}`;
  if (language === 'both') return `${zh} ${en}`;
  return language === 'en' ? en : zh;
}

function restIn(language: Language, unlisted: number): string[] {
  if (unlisted === 0) return [];
  const zh = `另有 ${unlisted} 条，请登录查看。`;
  const en = `${unlisted} more are in your inbox.`;
  return [language === 'both' ? `${zh}\n${en}` : language === 'en' ? en : zh];
}
