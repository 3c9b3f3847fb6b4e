import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, type Field } from '#console/kit/form.ts';
import { Badge, Facts, List, Next } from '#console/kit/list.tsx';
import type { Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { SubmissionFileQuery, SubmissionListQuery } from '#contracts/api/submissions.ts';
import { isPermitted, isPossible, standingsByRole } from '#domain/lifecycle/lifecycle.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { submissionLifecycle } from '#domain/submission/submission.ts';

const path = '/console/exports';
/** Who sends to the national system, and the supervisor, who sees what was sent. */
const READING: readonly PersonRole[] = ['lead-section', 'administrator', 'supervisor'];

const making: readonly Field[] = [
  {
    kind: 'yes',
    name: 'unfit',
    words: ['连同此前格式不符、未报送的记录', 'Look again at what did not fit before'],
  },
];

const rejecting: readonly Field[] = [
  {
    kind: 'long',
    name: 'reason',
    words: ['退回原因', 'Why it was refused'],
    required: true,
    maxLength: 1_000,
  },
];

function maySend({ person }: Asked): boolean {
  return isPermitted(submissionLifecycle, 'confirm', standingsByRole(person.role));
}

const exports: Page = {
  path: '/exports',
  roles: READING,
  nav: { group: 'watch', words: ['国家系统报送', 'National exports'] },
  show: async (asked) => {
    const { api, query } = asked;
    const { after } = query;
    const list = await api.call('GET /exports/national', {
      query: after !== undefined && SubmissionListQuery.shape.after.safeParse(after).success ? { after } : {},
    });
    return {
      title: '国家系统报送文件',
      content: (
        <>
          {maySend(asked) ? (
            <ActionForm
              asked={asked}
              action="make"
              fields={making}
              submit={['生成报送文件', 'Make a file of what is owed']}
            />
          ) : null}
          <List
            caption={['报送文件，新的在前', 'Files, newest first']}
            columns={[
              { words: ['编号', 'File'], cell: ({ id }) => <a href={`${path}/${id}`}>{id}</a> },
              { words: ['状态', 'State'], cell: ({ status }) => submissionLifecycle.statuses[status] },
              { words: ['记录数', 'Rows'], cell: ({ rows }) => rows },
              {
                words: ['格式不符', 'Unfit'],
                cell: ({ unfit }) => (unfit === 0 ? '0' : <Badge tone="bad">{unfit}</Badge>),
              },
              { words: ['生成人', 'By'], cell: ({ by }) => by },
              { words: ['生成时间', 'Made'], cell: ({ at }) => <Time at={at} /> },
            ]}
            rows={list.submissions}
            keyOf={({ id }) => id}
            none={['还没有报送文件', 'No file yet']}
          />
          <Next path={path} query={query} next={list.next} />
        </>
      ),
    };
  },
  actions: {
    make: {
      said: ['报送文件已生成', 'The file is made'],
      run: async ({ api }, form) => {
        const made = await api.command('POST /exports/national', {
          once: form.once,
          body: bodyOf(making, form),
        });
        return { to: `${path}/${made.id}` };
      },
    },
  },
};

async function show(asked: Asked) {
  const one = await asked.api.call('GET /exports/national/{id}', { params: asked.params });
  const { answered, faults, faultCount, status } = one;
  const answerable = maySend(asked) && isPossible(submissionLifecycle, 'confirm', status);
  const moving = status === 'marking' || status === 'rejecting';
  return {
    title: `报送文件 ${one.id}`,
    ...(moving ? { againAfterSeconds: 10 } : {}),
    content: (
      <>
        <Facts
          facts={[
            { words: ['状态', 'State'], value: submissionLifecycle.statuses[status] },
            { words: ['记录数', 'Rows'], value: one.rows },
            { words: ['格式不符', 'Unfit'], value: one.unfit },
            { words: ['生成人', 'By'], value: one.by },
            { words: ['生成时间', 'Made'], value: <Time at={one.at} /> },
            {
              words: ['文件', 'Files'],
              value: (
                <>
                  <a href={`${path}/${one.id}/file?format=xlsx`}>XLSX（{one.files.xlsx.bytes} B）</a>{' '}
                  <a href={`${path}/${one.id}/file?format=csv`}>CSV（{one.files.csv.bytes} B）</a>
                </>
              ),
            },
            { words: ['答复', 'Answered'], value: answered && <Time at={answered.at} /> },
            { words: ['退回原因', 'Refused because'], value: answered?.reason },
          ]}
        />
        {answerable ? (
          <div class="actions">
            <ActionForm
              asked={asked}
              action="confirm"
              fields={[]}
              submit={['确认已接收', 'The system took it']}
            />
            <ActionForm
              asked={asked}
              action="reject"
              fields={rejecting}
              submit={['登记退回', 'The system refused it']}
              kind="danger"
            />
          </div>
        ) : null}
        <List
          caption={[`格式不符的栏目（${faultCount}）`, 'What did not fit']}
          columns={[
            { words: ['行', 'Row'], cell: ({ row }) => row },
            { words: ['栏目', 'Column'], cell: ({ column }) => column },
            { words: ['内容', 'Value'], cell: ({ value }) => value },
            { words: ['原因', 'Why'], cell: ({ detail }) => detail },
            {
              words: ['检查', 'Inspection'],
              cell: ({ inspection }) => <a href={`/console/inspections/${inspection}`}>{inspection}</a>,
            },
          ]}
          rows={faults}
          keyOf={({ row, column }) => `${row} ${column}`}
          none={['全部记录符合格式', 'Every row fits']}
        />
      </>
    ),
  };
}

const submission: Page = {
  path: '/exports/{id}',
  roles: READING,
  show,
  actions: {
    confirm: {
      said: ['已确认接收', 'Confirmed'],
      run: async ({ api, params, path: own }) => {
        await api.call('POST /exports/national/{id}/confirm', { params });
        return { to: own };
      },
    },
    reject: staying('POST /exports/national/{id}/reject', ['已登记退回', 'Refusal entered'], rejecting),
  },
};

/** A link to the file, which the storage gives: it may be larger than a function can hand on. */
const file: Page = {
  path: '/exports/{id}/file',
  roles: READING,
  show: async ({ api, params, query }) => {
    const format = SubmissionFileQuery.shape.format.safeParse(query['format']).data ?? 'xlsx';
    const link = await api.link('GET /exports/national/{id}/file', { params, query: { format } });
    return {
      title: `下载报送文件（${format.toUpperCase()}）`,
      content: (
        <>
          <p>
            <a href={`${path}/${params['id']}`}>← 返回报送文件 Back</a>
          </p>
          <p>
            <a class="button" href={link}>
              下载 Download
            </a>{' '}
            15 分钟内有效 good for 15 minutes
          </p>
        </>
      ),
    };
  },
};

export const exportPages: readonly Page[] = [exports, submission, file];
