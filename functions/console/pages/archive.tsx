import { ActionForm } from '#console/kit/action-form.tsx';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Page, Shown } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import type { ArchiveView, UnarchivedView } from '#contracts/api/archive.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { isPermitted, isPossible } from '#domain/lifecycle/lifecycle.ts';
import { Back } from './inspection-more.tsx';
import { LISTING } from './roles.ts';

function archived(id: string, state: ArchiveView): Shown {
  const built = state.package;
  return {
    title: '档案',
    ...(built.status === 'building' ? { againAfterSeconds: 10 } : {}),
    content: (
      <>
        <Back id={id} />
        <Facts
          facts={[
            { words: ['档号', 'Number'], value: state.number },
            { words: ['单位', 'Unit'], value: state.unit },
            { words: ['归档人', 'By'], value: state.archivedBy },
            { words: ['归档时间', 'At'], value: <Time at={state.archivedAt} /> },
            {
              words: ['档案包', 'Package'],
              value:
                built.status === 'building' ? (
                  '正在生成 being built'
                ) : (
                  <a href={`/console/inspections/${id}/package`}>
                    下载 Download（{built.bytes} B，SHA-256 {built.sha256.slice(0, 12)}…）
                  </a>
                ),
            },
          ]}
        />
        <Files caption="档案内文件" en="In the package" files={state.files} />
        <Files caption="另存文件" en="Beside it" files={state.beside} />
      </>
    ),
  };
}

function unarchived(asked: Asked, id: string, { status, complete, missing }: UnarchivedView): Shown {
  return {
    title: '归档情况',
    content: (
      <>
        <Back id={id} />
        <p>
          <Badge tone={complete ? 'good' : 'soon'}>{complete ? '齐全 Complete' : '不齐全 Incomplete'}</Badge>{' '}
          状态 {inspectionLifecycle.statuses[status]}
        </p>
        <List
          caption={['缺少', 'What is missing']}
          columns={[{ words: ['内容', 'What'], cell: ({ detail }) => detail }]}
          rows={missing}
          keyOf={({ detail }) => detail}
          none={['不缺材料', 'Nothing is missing']}
        />
        {isPossible(inspectionLifecycle, 'archive', status) && mayArchive(asked) ? (
          <ActionForm
            asked={asked}
            action="archive"
            fields={[]}
            submit={['归档', 'Archive']}
            sure="归档后案卷不再变动。确定归档？"
          />
        ) : (
          <p>
            办结后由检查人员或承担单位归档。{' '}
            <span class="en">Archived by its team or unit once it is closed.</span>
          </p>
        )}
      </>
    ),
  };
}

/** The archive of an inspection, or what its file is missing (article 13). */
const archive: Page = {
  path: '/inspections/{id}/archive',
  roles: LISTING,
  show: async (asked) => {
    const { id = '' } = asked.params;
    const state = await asked.api.call('GET /inspections/{id}/archive', { params: { id } });
    return 'number' in state ? archived(id, state) : unarchived(asked, id, state);
  },
  actions: {
    archive: {
      said: ['已归档', 'Archived'],
      run: async ({ api, params, path }, { once }) => {
        await api.call('POST /inspections/{id}/archive', { params, once });
        return { to: path };
      },
    },
  },
};

/** Whether the role can: who of the unit or the team it is, the API says. */
function mayArchive({ person: { role } }: Asked): boolean {
  return isPermitted(
    inspectionLifecycle,
    'archive',
    new Set([role === 'inspector' ? 'team' : role] as const),
  );
}

interface FilesProps {
  readonly caption: string;
  readonly en: string;
  readonly files:
    | readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
    | undefined;
}

function Files({ caption, en, files = [] }: FilesProps) {
  return files.length === 0 ? null : (
    <List
      caption={[caption, en]}
      columns={[
        { words: ['文件', 'File'], cell: ({ name }) => name },
        { words: ['大小', 'Bytes'], cell: ({ size }) => size },
        { words: ['SHA-256', ''], cell: ({ sha256 }) => <code>{sha256}</code> },
      ]}
      rows={files}
      keyOf={({ name }) => name}
      none={['无', 'None']}
    />
  );
}

/** A link to the package: the storage gives it, so that no function has to carry it. */
const archivePackage: Page = {
  path: '/inspections/{id}/package',
  roles: LISTING,
  show: async ({ api, params: { id = '' } }) => {
    const link = await api.call('GET /inspections/{id}/archive/package', { params: { id } });
    return {
      title: '下载档案包',
      content: (
        <>
          <p>
            <a href={`/console/inspections/${id}/archive`}>← 返回 Back</a>
          </p>
          <Facts
            facts={[
              { words: ['文件', 'File'], value: link.name },
              { words: ['大小（字节）', 'Bytes'], value: link.bytes },
              { words: ['SHA-256', ''], value: <code>{link.sha256}</code> },
            ]}
          />
          <p>
            <a class="button" href={link.url}>
              下载 Download
            </a>{' '}
            {Math.floor(link.validSeconds / 60)} 分钟内有效 valid for minutes
          </p>
        </>
      ),
    };
  },
};

export const archivePages: readonly Page[] = [archive, archivePackage];
