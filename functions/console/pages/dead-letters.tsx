import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, type Field, type Option } from '#console/kit/form.ts';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Action, Asked, Page, Words } from '#console/kit/page.ts';
import { clockTime, Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { LETTERS_AT_ONCE, type DeadLetter, type DeadLetterQueue } from '#contracts/api/dead-letters.ts';
import type { AnswerOf, OperationKey } from '#contracts/api/operations.ts';
import { catalogue, eventTypes } from '#contracts/catalogue.ts';

type Shown = AnswerOf<'GET /dead-letters/{queue}'>;

const kindLabels: Readonly<Record<DeadLetterQueue['kind'], Words>> = {
  event: ['事件', 'Events'],
  schedule: ['定时运行', 'Runs by the clock'],
  stream: ['数据流', 'The stream'],
};

function Waiting({ waiting }: Pick<DeadLetterQueue, 'waiting'>) {
  return <Badge tone={waiting === 0 ? 'good' : 'bad'}>{waiting}</Badge>;
}

const list: Page = {
  path: '/dead-letters',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['死信队列', 'Dead letters'] },
  show: async ({ api }: Asked) => {
    const { queues } = await api.call('GET /dead-letters');
    return {
      title: '死信队列',
      content: (
        <>
          <p>
            系统内部多次重试仍未办成的事，按办理的函数排列。 What could not be done inside after several
            attempts, by the function that should have done it.
          </p>
          <List
            caption={['有死信的队列', 'Queues in which something waits']}
            columns={[
              { words: ['队列', 'Queue'], cell: (queue) => <QueueLink queue={queue} /> },
              {
                words: ['等待（约）', 'Waiting, about'],
                cell: (queue) => <Waiting waiting={queue.waiting} />,
              },
              { words: ['未办成的事', 'What is missing'], cell: ({ missing }) => <Both both={missing} /> },
            ]}
            rows={queues.filter(({ waiting }) => waiting > 0)}
            keyOf={({ queue }) => queue}
            none={['没有死信，不必处理。', 'Nothing waits.']}
          />
          <details>
            <summary>全部 {queues.length} 个队列 All queues</summary>
            <ul>
              {queues.map((queue) => (
                <li key={queue.queue}>
                  <QueueLink queue={queue} /> <Both both={queue.missing} />
                </li>
              ))}
            </ul>
          </details>
        </>
      ),
    };
  },
};

function QueueLink({ queue: { queue } }: { readonly queue: DeadLetterQueue }) {
  return <a href={`/console/dead-letters/${queue}`}>{queue}</a>;
}

function Both({ both: { zh, en } }: { readonly both: DeadLetterQueue['missing'] }) {
  return <Two words={[zh, en]} />;
}

const one: Page = {
  path: '/dead-letters/{queue}',
  roles: ['administrator'],
  show: async (asked: Asked) => {
    const shown = await asked.api.call('GET /dead-letters/{queue}', { params: asked.params });
    return { title: `死信队列 ${shown.queue}`, content: <OneQueue asked={asked} shown={shown} /> };
  },
  actions: {
    'redrive-letters': deciding('POST /dead-letters/{queue}/redrive', [
      '已重新发送。',
      'They were sent again.',
    ]),
    'discard-letters': deciding('POST /dead-letters/{queue}/discard', ['已结案。', 'They are closed.']),
  },
};

type Deciding = Extract<OperationKey, `POST /dead-letters/${string}`>;

/** A decision about letters, that says on its page which of them stay and why. */
function deciding(key: Deciding, said: Words): Action {
  return {
    said,
    run: async ({ api, params, path }, form) => {
      const body = bodyOf(fieldsOf([]), form);
      const { kept } = await api.command(key, { params, once: form.once, body });
      return kept.length === 0 ? { to: path } : { outcome: <Kept kept={kept} /> };
    },
  };
}

function Kept({ kept }: Pick<AnswerOf<Deciding>, 'kept'>) {
  return (
    <>
      <p>仍在队列中 Still in the queue：</p>
      <ul>
        {kept.map(({ id, why }) => (
          <li key={id}>
            <code>{id}</code> {why}
          </li>
        ))}
      </ul>
    </>
  );
}

function fieldsOf(options: readonly Option[]): readonly Field[] {
  return [
    {
      kind: 'choices',
      name: 'letters',
      words: ['死信', 'Letters'],
      hint: `一次最多 ${LETTERS_AT_ONCE} 封。 At most ${LETTERS_AT_ONCE} at once.`,
      options,
    },
    { kind: 'long', name: 'reason', words: ['理由', 'Reason'], required: true, maxLength: 500 },
  ];
}

function OneQueue({ asked, shown }: { readonly asked: Asked; readonly shown: Shown }) {
  const { queue, kind, missing, advice, sendable, waiting, decided, letters } = shown;
  const ready = letters.filter(({ unsendable }) => unsendable === undefined);
  return (
    <>
      <Facts
        facts={[
          { words: ['等待（约）', 'Waiting, about'], value: <Waiting waiting={waiting} /> },
          { words: ['来自', 'From'], value: <Two words={kindLabels[kind]} /> },
          { words: ['未办成的事', 'What is missing'], value: <Both both={missing} /> },
          { words: ['办法', 'What to do'], value: <Both both={advice} /> },
          {
            words: ['上次处理', 'Last decision'],
            value: decided && (
              <>
                <a href={`/console/history/dead-letters/${queue}`}>
                  <Time at={decided.at} />
                </a>{' '}
                {decided.by}
              </>
            ),
          },
        ]}
      />
      <List
        caption={['看到的死信，旧的在前', 'Letters that were seen, oldest first']}
        columns={[
          { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
          { words: ['内容', 'What'], cell: (letter) => <What letter={letter} /> },
          {
            words: ['错误', 'Error'],
            cell: ({ error, attempts }) =>
              attempts === undefined ? error : `${error}（${attempts} 次 attempts）`,
          },
          {
            words: ['重新发送', 'Send again'],
            cell: ({ unsendable }) => unsendable ?? (sendable ? '可以 Can be' : '不必 Need not be'),
          },
        ]}
        rows={letters}
        keyOf={({ id }) => id}
        none={
          waiting === 0
            ? ['没有死信，不必处理。', 'Nothing waits.']
            : ['死信正由他人处理，稍后再看。', 'They are in somebody else’s hands; look again in a minute.']
        }
      />
      {letters.length === 0 ? null : (
        <>
          <h2>处理 Decide</h2>
          <div class="actions">
            {sendable && ready.length > 0 ? (
              <ActionForm
                asked={asked}
                action="redrive-letters"
                fields={fieldsOf(ready.map(optionOf))}
                initial={{ letters: ready.slice(0, LETTERS_AT_ONCE).map(({ id }) => id) }}
                submit={['重新发送', 'Send again']}
              />
            ) : null}
            <ActionForm
              asked={asked}
              action="discard-letters"
              fields={fieldsOf(letters.map(optionOf))}
              submit={['不再发送，结案', 'Close without sending']}
              sure="结案后不能恢复。继续？ They can't be had back. Go on?"
              kind="danger"
            />
          </div>
        </>
      )}
    </>
  );
}

/** What a letter is about: an event and its record, a run, or a range of the stream. */
function What({ letter: { event, due, records } }: { readonly letter: DeadLetter }) {
  if (event !== undefined) {
    const { kind, id } = event.about;
    return (
      <>
        {zhOf(event.type)} <code>{event.type}</code>{' '}
        <a href={`/console/history/${kind}/${encodeURIComponent(id)}`}>{id}</a>{' '}
        <span class="en">
          <Time at={event.time} />
        </span>
      </>
    );
  }
  if (due !== undefined) {
    return (
      <>
        应于 <Time at={due} /> 运行 was due
      </>
    );
  }
  return records === undefined ? (
    <>读不出 Not readable</>
  ) : (
    <>
      {records.size} 条记录 records, <Time at={records.from} />
    </>
  );
}

function zhOf(type: string): string {
  const known = eventTypes.find((event) => event === type);
  return known === undefined ? '' : catalogue[known].zh;
}

/** Characters of an id by which a person tells two letters apart. */
const TOLD_APART = 12;

function optionOf({ id, at, event, due }: DeadLetter): Option {
  const about = event?.about.id ?? id;
  const what = event?.type ?? (due === undefined ? '' : clockTime(due));
  return { value: id, words: [clockTime(at), `${what} ${about.slice(0, TOLD_APART)}…`] };
}

export const deadLettersPages: readonly Page[] = [list, one];
