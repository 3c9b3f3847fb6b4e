import { ActionForm } from '#console/kit/action-form.tsx';
import { textOf, type Field, type Form } from '#console/kit/form.ts';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { PolicyExportQuery } from '#contracts/api/administration.ts';
import type { ImportReport } from '#contracts/api/import-report.ts';
import { kindOf, PolicyKind, type AnyPolicy } from '#domain/policy/body.ts';
import { inForce } from '#domain/policy/policy.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { draftingActions, Drafting } from './drafting.tsx';
import { valuesOf } from './policy-form.ts';
import { rehearsalPage } from './rehearsal.tsx';

export const kindLabels: Readonly<Record<PolicyKind, Words>> = {
  trigger: ['触发规则', 'About triggers'],
  subject: ['主体预警规则', 'About subjects'],
  cohort: ['地区行业规则', 'About cohorts'],
};

const fileFields: readonly Field[] = [
  {
    kind: 'file',
    name: 'file',
    words: ['规则文件', 'File of policies'],
    required: true,
    accept: '.csv,.xlsx,.json',
    maxBytes: 1_000_000,
  },
  { kind: 'yes', name: 'dryRun', words: ['只检查，不启用', 'Only tell what would change'] },
];

/** The newest version of each, in order of their ids. */
function newest(policies: readonly AnyPolicy[]): AnyPolicy[] {
  const latest = new Map<string, AnyPolicy>();
  for (const policy of policies) {
    const known = latest.get(policy.id);
    if (known === undefined || known.version < policy.version) latest.set(policy.id, policy);
  }
  return [...latest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Which version of a policy counts on a day. */
function versionInForce(policies: readonly AnyPolicy[], id: string, day: CalendarDate): number | undefined {
  return inForce(policies, day).find((one) => one.id === id)?.version;
}

const list: Page = {
  path: '/policies',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['规则', 'Policies'] },
  show: async (asked: Asked) => {
    const { policies } = await asked.api.call('GET /policies');
    return {
      title: '规则',
      content: (
        <>
          <List
            caption={['全部规则', 'All policies']}
            columns={[
              { words: ['编号', 'Id'], cell: ({ id }) => <a href={`/console/policies/${id}`}>{id}</a> },
              { words: ['名称', 'Name'], cell: ({ name }) => name },
              { words: ['类型', 'Kind'], cell: (policy) => kindLabels[kindOf(policy)][0] },
              { words: ['最新版本', 'Newest'], cell: ({ version }) => version },
              {
                words: ['现行版本', 'In force'],
                cell: ({ id }) => versionInForce(policies, id, asked.today) ?? '未施行',
              },
              { words: ['最新版本施行日期', 'Newest in force from'], cell: (policy) => policy.effectiveFrom },
            ]}
            rows={newest(policies)}
            keyOf={({ id }) => id}
            none={['还没有规则。', 'No policy yet.']}
          />
          <h2>新增规则 Add a policy</h2>
          <ul>
            {PolicyKind.options.map((kind) => (
              <li key={kind}>
                <a href={`/console/policies/draft/${kind}`}>{kindLabels[kind].join(' ')}</a>
              </li>
            ))}
          </ul>
          <h2>导出 Export</h2>
          <p>
            {PolicyExportQuery.shape.format.unwrap().options.map((format) => (
              <>
                <a class="button quiet" href={`/console/policies/export?format=${format}`}>
                  {format.toUpperCase()}
                </a>{' '}
              </>
            ))}
          </p>
          <h2>导入 Import</h2>
          <ActionForm
            asked={asked}
            action="import-policies"
            fields={fileFields}
            initial={{ dryRun: 'yes' }}
            submit={['导入', 'Import']}
          />
        </>
      ),
    };
  },
  actions: {
    'import-policies': {
      said: ['规则文件已导入。', 'The file was imported.'],
      run: async ({ api }, form) => {
        const report = await api.send('POST /policies/imports', {
          query: { dryRun: textOf(form, 'dryRun') === '' ? 'false' : 'true' },
          type: 'application/octet-stream',
          bytes: await bytesOf(form),
        });
        return { outcome: <Imported report={report} /> };
      },
    },
  },
};

/** The chosen file; none at all is an empty one, which the API refuses. */
async function bytesOf(form: Form): Promise<Uint8Array<ArrayBuffer>> {
  const [file] = form.files['file'] ?? [];
  return file === undefined ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
}

function Imported({ report }: { readonly report: ImportReport }) {
  const { dryRun, rows, added, updated, unchanged, rejected, errors, unknownColumns } = report;
  return (
    <>
      <p>{dryRun ? '检查结果，尚未启用 Nothing was adopted' : '导入结果 What was adopted'}</p>
      <Facts
        facts={[
          { words: ['行数', 'Rows'], value: rows },
          { words: ['新增', 'Added'], value: added },
          { words: ['新版本', 'New versions'], value: updated },
          { words: ['无变化', 'Unchanged'], value: unchanged },
          { words: ['有误', 'Rejected'], value: rejected },
          { words: ['未识别的列', 'Unknown columns'], value: unknownColumns.join('、') },
        ]}
      />
      <List
        caption={['有误的行', 'Rows at fault']}
        columns={[
          { words: ['行', 'Row'], cell: ({ row }) => row },
          { words: ['列', 'Column'], cell: ({ column }) => column },
          { words: ['内容', 'Value'], cell: ({ value }) => value },
          { words: ['问题', 'Fault'], cell: ({ detail }) => detail },
        ]}
        rows={errors}
        keyOf={({ row, column, reason }) => `${row} ${column} ${reason}`}
        none={['没有错误。', 'No row is at fault.']}
      />
    </>
  );
}

const exported: Page = {
  path: '/policies/export',
  roles: ['administrator'],
  show: async ({ api, query }: Asked) => {
    const { format } = PolicyExportQuery.pick({ format: true }).safeParse(query).data ?? { format: 'csv' };
    return { given: await api.file('GET /policies/export', { query: { format }, accept: '*/*' }) };
  },
};

const draft: Page = {
  path: '/policies/draft/{kind}',
  roles: ['administrator'],
  show: (asked: Asked) => {
    const kind = PolicyKind.safeParse(asked.params['kind']).data ?? 'trigger';
    return Promise.resolve({
      title: `新增${kindLabels[kind][0]}`,
      content: <Drafting asked={asked} kind={kind} initial={{ effectiveFrom: asked.today }} isNew />,
    });
  },
  actions: draftingActions(({ params }, form) =>
    Promise.resolve({
      id: textOf(form, 'id'),
      kind: PolicyKind.safeParse(params['kind']).data ?? 'trigger',
    }),
  ),
};

const one: Page = {
  path: '/policies/{id}',
  roles: ['administrator'],
  show: async (asked: Asked) => {
    const { id, about, versions } = await asked.api.call('GET /policies/{id}', { params: asked.params });
    const latest = versions.at(-1);
    const current = versionInForce(versions, id, asked.today);
    return {
      title: `规则：${latest?.name ?? id}`,
      content: (
        <>
          <Facts
            facts={[
              { words: ['编号', 'Id'], value: <code>{id}</code> },
              { words: ['类型', 'Kind'], value: kindLabels[about].join(' ') },
              { words: ['现行版本', 'In force'], value: current ?? '未施行 not yet' },
              {
                words: ['办理记录', 'History'],
                value: <a href={`/console/history/policy/${id}`}>查看 Open</a>,
              },
            ]}
          />
          <List
            caption={['全部版本，新的在前', 'All versions, newest first']}
            columns={[
              { words: ['版本', 'Version'], cell: ({ version }) => version },
              { words: ['名称', 'Name'], cell: ({ name }) => name },
              { words: ['施行日期', 'In force from'], cell: ({ effectiveFrom }) => effectiveFrom },
              {
                words: ['状态', 'Status'],
                cell: ({ version }) => (version === current ? <Badge tone="good">现行 In force</Badge> : '—'),
              },
              { words: ['条件', 'Condition'], cell: ({ when }) => <code>{when}</code> },
              {
                words: ['全文', 'In full'],
                cell: (policy) => (
                  <details>
                    <summary>JSON</summary>
                    <pre tabIndex={0}>{JSON.stringify(policy, null, 2)}</pre>
                  </details>
                ),
              },
            ]}
            rows={versions.toReversed()}
            keyOf={({ version }) => String(version)}
            none={['没有版本。', 'No version.']}
          />
          <Drafting
            asked={asked}
            kind={about}
            initial={latest === undefined ? {} : valuesOf(latest)}
            isNew={false}
          />
        </>
      ),
    };
  },
  actions: draftingActions(async ({ api, params }) => {
    const { id, about } = await api.call('GET /policies/{id}', { params });
    return { id, kind: about };
  }),
};

export const policiesPages: readonly Page[] = [list, exported, draft, one, rehearsalPage];
