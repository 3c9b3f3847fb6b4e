import { type ComponentChildren, Fragment, h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import * as z from 'zod';
import type { Json } from '../json.ts';
import type { BusMessage, DeadLetter, Person, Sunk } from '../options.ts';

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}
pre{white-space:pre-wrap;margin:0;font:inherit}small{color:#555}code{background:#f2f2f2;padding:0 .2rem}`;

/** How many of the newest entries a page shows. */
const SHOWN = 500;

const Message = z.looseObject({
  data: z.looseObject({
    to: z.json().optional(),
    recipient: z.json().optional(),
    subject: z.json().optional(),
    text: z.json().optional(),
  }),
});

export interface ShownMessage {
  id: string;
  time: string;
  recipient: string;
  subject: string;
  text: string;
}

/** What a message event says to a reader; fields that it lacks are empty. */
export function shownMessage(event: BusMessage): ShownMessage {
  const parsed = Message.safeParse(event.detail);
  const data = parsed.success ? parsed.data.data : {};
  return {
    id: event.id,
    time: event.time,
    recipient: textOf(data.to ?? data.recipient),
    subject: textOf(data.subject),
    text: textOf(data.text),
  };
}

export function messagesPage(messages: readonly ShownMessage[], taken: readonly Sunk[]): string {
  const newest = messages.slice(-SHOWN).toReversed();
  return page('消息', 'Messages', [
    h(
      'p',
      {},
      `共 ${messages.length} 条，最新的在最前。`,
      small(`${messages.length} messages, newest first.`),
    ),
    messages.length === 0
      ? h('p', {}, '还没有发出消息。', small('No message was sent yet.'))
      : table(
          [
            ['时间', 'Time'],
            ['收件人', 'Recipient'],
            ['主题', 'Subject'],
            ['内容', 'Text'],
          ],
          newest.map((message) => [
            message.time,
            message.recipient,
            message.subject,
            h('pre', {}, message.text),
          ]),
        ),
    h(
      'h2',
      {},
      '已送到渠道',
      ' ',
      small(`Taken by the mail server and the robots of this machine: ${taken.length}`),
    ),
    takenTable(taken.slice(-SHOWN).toReversed()),
  ]);
}

function takenTable(newest: readonly Sunk[]): VNode {
  return newest.length === 0
    ? h('p', {}, '渠道上还没有消息。', small('Nothing yet.'))
    : table(
        [
          ['时间', 'Time'],
          ['渠道', 'Channel'],
          ['收件人', 'Recipient'],
          ['主题', 'Subject'],
          ['内容', 'Text'],
        ],
        newest.map(({ at, by, to, subject, text }) => [at, by, to, subject, h('pre', {}, text)]),
      );
}

export function deadLettersPage(letters: readonly DeadLetter[]): string {
  const newest = letters.slice(-SHOWN).toReversed();
  return page('死信', 'Dead letters', [
    letters.length === 0
      ? h('p', {}, '没有死信。', small('None.'))
      : table(
          [
            ['时间', 'Time'],
            ['队列', 'Queue'],
            ['函数', 'Function'],
            ['原因', 'Reason'],
            ['内容', 'Payload'],
          ],
          newest.map((letter) => [
            letter.at,
            letter.queue,
            `${letter.function} (${letter.kind}, ${letter.attempts}×)`,
            letter.reason,
            h('pre', {}, JSON.stringify(letter.payload, null, 1)),
          ]),
        ),
  ]);
}

export function indexPage(facts: {
  now: string;
  frozen: boolean;
  routes: readonly string[];
  schedules: readonly string[];
  people: readonly Person[];
}): string {
  return page('本机运行', 'Local runner', [
    h('p', {}, `虚拟时间：${facts.now}${facts.frozen ? '（静止）' : ''}`, small('The virtual clock.')),
    h('ul', {}, [
      h('li', {}, h('a', { href: '/_local/messages' }, '消息'), small('messages')),
      h('li', {}, h('a', { href: '/_local/dead-letters' }, '死信'), small('dead letters')),
      h(
        'li',
        {},
        h('a', { href: '/_local/clock' }, '时钟'),
        small('clock; POST /_local/clock/advance {"to"} or {"hours"} or {"workingDays"}'),
      ),
      h('li', {}, h('code', {}, 'POST /_local/settle'), small('waits until nothing is under way')),
    ]),
    list(
      '人员',
      'People; POST /_local/token {"person"} gives an access token',
      facts.people.map(({ id, name }) => `${name} ${id}`),
    ),
    list('路由', 'Routes', facts.routes),
    list('定时', 'Schedules', facts.schedules),
  ]);
}

function list(chinese: string, english: string, items: readonly string[]): VNode {
  return h('section', {}, [
    h('h2', {}, chinese, ' ', small(english)),
    h(
      'ul',
      {},
      items.map((item) => h('li', {}, h('code', {}, item))),
    ),
  ]);
}

function table(head: readonly [string, string][], rows: readonly (string | VNode)[][]): VNode {
  return h('table', {}, [
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        head.map(([chinese, english]) => h('th', {}, chinese, ' ', small(english))),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map((cells) =>
        h(
          'tr',
          {},
          cells.map((cell) => h('td', {}, cell)),
        ),
      ),
    ),
  ]);
}

function small(text: string): VNode {
  return h(Small, {}, text);
}

function Small({ children }: { children?: ComponentChildren }): VNode {
  const props: { lang: string } = { lang: 'en' };
  return h(Fragment, {}, h('small', props, ' ', children));
}

function page(chinese: string, english: string, content: (VNode | string)[]): string {
  const document = h('html', { lang: 'zh-CN' }, [
    h('head', {}, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('title', {}, `${chinese} · 明抽`),
      h('style', { dangerouslySetInnerHTML: { __html: STYLE } }),
    ]),
    h('body', {}, h('h1', {}, chinese, ' ', small(english)), content),
  ]);
  return `<!doctype html>${renderToString(document)}`;
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
