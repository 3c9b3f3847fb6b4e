import { HANDLING } from './roles.ts';
import { ApiRefusal } from '#console/api/api.ts';
import { notFound } from '#console/api/not-found.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field, type Form } from '#console/kit/form.ts';
import { Facts, List } from '#console/kit/list.tsx';
import type { Asked, Done, Page, Shown } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { libraries, LibraryName, templateOf } from '#domain/library/library.ts';
import { writeCsv } from '#files/csv.ts';
import { Imported, Running } from './import-outcome.tsx';
import { fileOf, modeField, MAX_IMPORT_BYTES, OCTETS } from './import-form.ts';

const enough: Readonly<Record<LibraryName, string>> = {
  people: '能登录的人员、角色和所在部门 Who signs in, their role and unit',
  items: '抽查事项清单 What is checked, and by whom',
  subjects: '检查对象 Whom is checked',
  inspectors: '执法证、培训、资质和休假 Who checks: certificates, training, leave',
  licences: '检查对象的许可和标签 Licences and tags of the objects',
  classings: '检查对象每月的信用风险分类 Monthly credit-risk classes',
  signals: '检查对象的风险信息 Risk signals of the objects',
};

const libraryList: Page = {
  path: '/libraries',
  roles: HANDLING,
  nav: { group: 'libraries', words: ['名录库', 'Libraries'] },
  show: async ({ api }) => {
    const setup = await api.call('GET /setup', { query: { units: 'false' } });
    return {
      title: '名录库',
      content: (
        <List
          caption={['各库及最近一次导入', 'Libraries and their last import']}
          none={['没有库', 'No library']}
          rows={setup.libraries}
          keyOf={({ library }) => library}
          columns={[
            {
              words: ['库', 'Library'],
              cell: ({ library }) => <a href={`/console/libraries/${library}`}>{libraries[library].label}</a>,
            },
            { words: ['内容', 'What is in it'], cell: ({ library }) => enough[library] },
            {
              words: ['上次导入行数', 'Rows of the last import'],
              cell: ({ lastImport }) => lastImport?.rows ?? '未导入 None yet',
            },
            {
              words: ['上次导入', 'Last import'],
              cell: ({ lastImport }) =>
                lastImport === undefined ? '—' : <Time at={lastImport.importedAt} />,
            },
            { words: ['导出', 'Export'], cell: ({ library }) => <Exports library={library} /> },
          ]}
        />
      ),
    };
  },
};

function Exports({ library }: { readonly library: LibraryName }) {
  const at = `/console/libraries/${library}/export?format=`;
  return (
    <>
      <a href={`${at}csv`}>CSV</a> <a href={`${at}xlsx`}>XLSX</a>
    </>
  );
}

const fileFields: readonly Field[] = [
  {
    name: 'file',
    kind: 'file',
    words: ['文件', 'File'],
    required: true,
    accept: '.csv,.xlsx',
    maxBytes: MAX_IMPORT_BYTES,
    hint: 'CSV（UTF-8 或 GB18030）或 XLSX，不超过 4 MB；试导入后须再选一次文件 At most 4 MB; choose the file again after a dry run.',
  },
  modeField,
];

const sizeFields: readonly Field[] = [
  {
    name: 'size',
    kind: 'number',
    words: ['文件字节数', 'Size of the file in bytes'],
    required: true,
    min: 1,
    max: 100_000_000,
  },
];

const uploadFields: readonly Field[] = [
  { name: 'upload', kind: 'text', words: ['上传编号', 'Number of the upload'], required: true },
  { ...modeField },
];

const libraryPage: Page = {
  path: '/libraries/{library}',
  roles: HANDLING,
  show: async (asked) => {
    const library = libraryOf(asked);
    const standing = await standingOf(asked, library);
    const { label, keyColumn, columns } = libraries[library];
    return {
      title: label,
      content: (
        <>
          <Facts
            facts={[
              {
                words: ['上次导入', 'Last import'],
                value:
                  standing === undefined ? '未导入 None yet' : <Time at={standing.lastImport.importedAt} />,
              },
              { words: ['上次导入行数', 'Rows'], value: standing?.lastImport.rows },
              { words: ['导出全库', 'Export'], value: <Exports library={library} /> },
              {
                words: ['模板', 'Template'],
                value: <a href={`/console/first-run/templates/${library}`}>下载 Download</a>,
              },
            ]}
          />
          {asked.person.role === 'administrator' ? (
            <p>
              <a href="/console/first-run">返回启用向导 Back to the first run</a>
            </p>
          ) : null}
          <h2>导入 Import</h2>
          <ActionForm
            asked={asked}
            action="importFile"
            fields={fileFields}
            initial={{ mode: 'try' }}
            submit={['提交文件', 'Send the file']}
          />
          <details open={asked.returned?.action.endsWith('Upload') === true}>
            <summary>4 MB 以上的文件 A file above 4 MB</summary>
            <p>
              先申请上传链接，用命令行把文件传上去，再用上传编号导入。
              <span class="en" lang="en">
                Ask for a link, put the file there, then import it by its number.
              </span>
            </p>
            <ActionForm
              asked={asked}
              action="announceUpload"
              fields={sizeFields}
              submit={['申请上传链接', 'Ask for a link']}
            />
            <ActionForm
              asked={asked}
              action="startUpload"
              fields={uploadFields}
              initial={{ mode: 'try' }}
              submit={['导入已上传的文件', 'Import the uploaded file']}
            />
          </details>
          <h2>列 Columns</h2>
          <List
            caption={['首行的列名，顺序不限', 'Headers of the first row, in any order']}
            none={['没有列', 'No column']}
            rows={columns}
            keyOf={({ path }) => path}
            columns={[
              {
                words: ['列', 'Column'],
                cell: ({ header }) => (header === keyColumn ? `${header}（不得重复 unique）` : header),
              },
              {
                words: ['必填', 'Required'],
                cell: ({ required }) =>
                  required === undefined
                    ? '否 No'
                    : required === true
                      ? '是 Yes'
                      : '列须有，值可空 Column only',
              },
              { words: ['示例', 'Example'], cell: ({ example }) => example ?? '' },
              { words: ['也可写作', 'Also'], cell: ({ otherHeaders = [] }) => otherHeaders.join('、') },
              { words: ['空白时', 'When blank'], cell: ({ whenBlank }) => whenBlank?.note ?? '' },
            ]}
          />
        </>
      ),
    };
  },
  actions: {
    importFile: {
      said: ['已导入', 'Imported'],
      run: async ({ api, params }, form) => {
        const answer = await api.send('POST /libraries/{library}/imports', {
          params,
          query: { dryRun: textOf(form, 'mode') === 'import' ? 'false' : 'true' },
          type: OCTETS,
          bytes: await fileOf(form),
        });
        if ('status' in answer) {
          return { to: progressPath(answer) };
        }
        const [file] = form.files['file'] ?? [];
        return { outcome: <Imported report={answer} {...(file === undefined ? {} : { name: file.name })} /> };
      },
    },
    announceUpload: { said: ['已申请', 'Announced'], run: announce },
    startUpload: {
      said: ['已开始导入', 'The import has started'],
      run: async ({ api, params }, form) => {
        const { upload } = bodyOf(uploadFields, form);
        const body = { upload: upload ?? '', dryRun: textOf(form, 'mode') !== 'import' };
        const answer = await api.command('POST /libraries/{library}/imports', {
          params,
          body,
          once: form.once,
        });
        return 'status' in answer ? { to: progressPath(answer) } : { outcome: <Imported report={answer} /> };
      },
    },
  },
};

async function announce({ api, params }: Asked, form: Form): Promise<Done> {
  const { upload, url, expiresAt } = await api.command('POST /libraries/{library}/uploads', {
    params,
    body: bodyOf(sizeFields, form),
    once: form.once,
  });
  return {
    outcome: (
      <>
        <p>
          上传编号 Number of the upload: <strong>{upload}</strong>
          <br />
          链接有效至 The link is good until <Time at={expiresAt} />
        </p>
        <pre>{`curl --upload-file 文件名 '${url}'`}</pre>
        <p>传完后在下面的表单中填写上传编号。 Then enter the number below.</p>
      </>
    ),
  };
}

function progressPath({ library, id }: { readonly library: LibraryName; readonly id: string }): string {
  return `/console/libraries/${library}/imports/${id}`;
}

const REFRESH_SECONDS = 5;

const importPage: Page = {
  path: '/libraries/{library}/imports/{id}',
  roles: HANDLING,
  show: async (asked): Promise<Shown> => {
    const progress = await asked.api.call('GET /libraries/{library}/imports/{id}', { params: asked.params });
    const underWay = progress.status === 'started' || progress.status === 'running';
    return {
      title: `${libraries[progress.library].label}：导入进度`,
      ...(underWay ? { againAfterSeconds: REFRESH_SECONDS } : {}),
      content: <Running progress={progress} />,
    };
  },
};

const exportPage: Page = {
  path: '/libraries/{library}/export',
  roles: HANDLING,
  show: async ({ api, params, query, path }) => {
    const { format = 'csv', after, part } = query;
    const given = await api.file('GET /libraries/{library}/export', {
      params,
      query: { format: format === 'xlsx' ? 'xlsx' : 'csv', after },
      accept: '*/*',
    });
    const next = /[?&]after=([\w-]+)/.exec(given.headers['link'] ?? '')?.[1];
    // A file that is not the whole library must not look as if it were: which parts there are is said first.
    if (next === undefined || part !== undefined) {
      return { given };
    }
    const here = (more: Readonly<Record<string, string>>) =>
      `${path}?${new URLSearchParams({ format, ...more }).toString()}`;
    return {
      title: '分卷导出',
      content: (
        <>
          <p>
            全库较大，分为几个文件。请依次下载。
            <span class="en" lang="en">
              The library is more than one file holds: fetch them one after the other.
            </span>
          </p>
          <ol>
            <li>
              <a href={here({ part: 'this', ...(after === undefined ? {} : { after }) })}>
                下载本文件 Download this file
              </a>
            </li>
            <li>
              <a href={here({ after: next })}>下一文件 The next file</a>
            </li>
          </ol>
        </>
      ),
    };
  },
};

const templatePage: Page = {
  path: '/first-run/templates/{library}',
  roles: HANDLING,
  show: (asked) => {
    const library = libraryOf(asked);
    return Promise.resolve({
      given: {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${library}-template.csv"`,
        },
        body: writeCsv(templateOf(library)),
      },
    });
  },
};

/** The library that the address names. @throws ApiRefusal 404 */
function libraryOf({ params }: Asked): LibraryName {
  const name = LibraryName.safeParse(params['library']);
  return name.success ? name.data : notFound('没有这个库 There is no such library.');
}

/** Its last import; undefined before the first. */
async function standingOf({ api }: Asked, library: LibraryName) {
  try {
    return await api.call('GET /libraries/{library}', { params: { library } });
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem.status === 404) {
      return undefined;
    }
    throw error;
  }
}

export const librariesPages: readonly Page[] = [
  libraryList,
  libraryPage,
  importPage,
  exportPage,
  templatePage,
];
