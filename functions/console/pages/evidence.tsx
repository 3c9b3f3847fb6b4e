import { createHash } from 'node:crypto';
import { ApiRefusal } from '#console/api/api.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import type { Field, Form } from '#console/kit/form.ts';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Done, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { evidenceTypes, MediaType } from '#domain/evidence/media-type.ts';
import { onTeam } from '#domain/inspection/readers.ts';
import type { Shown } from './inspection-commands.tsx';
import { Back } from './inspection-more.tsx';
import { LISTING } from './roles.ts';

/** What a request to a function can carry; a longer recording is sent to the storage by its own link, see docs/api.md. */
const MOST_BYTES = 4_000_000;

const upload: readonly Field[] = [
  {
    kind: 'file',
    name: 'file',
    words: ['照片、录音录像或文书', 'Photo, recording or paper'],
    accept: MediaType.options.join(','),
    maxBytes: MOST_BYTES,
    required: true,
    hint: '每份不超过 4 MB。留存后不能更改或删除。 At most 4 MB; once it is kept it never changes.',
  },
];

async function show(asked: Asked) {
  const { id = '' } = asked.params;
  const inspection = await asked.api.call('GET /inspections/{id}', { params: { id } });
  return {
    title: `证据：${inspection.subject.name}`,
    content: (
      <>
        <Back id={id} />
        <List
          caption={['证据', 'Evidence']}
          columns={[
            {
              words: ['文件', 'File'],
              cell: (one) =>
                one.status === 'stored' ? (
                  <a href={`/console/inspections/${id}/evidence/${one.id}`}>{one.name}</a>
                ) : (
                  one.name
                ),
            },
            {
              words: ['状态', 'State'],
              cell: ({ status }) =>
                status === 'stored' ? (
                  <Badge tone="good">已留存 Kept</Badge>
                ) : (
                  <Badge tone="soon">未上传完 Not arrived</Badge>
                ),
            },
            { words: ['类型', 'Type'], cell: ({ mediaType }) => evidenceTypes[mediaType].zh },
            { words: ['大小', 'Bytes'], cell: ({ size }) => size },
            { words: ['上传人', 'By'], cell: ({ by }) => nameOf(inspection, by) },
            { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
          ]}
          rows={inspection.evidence}
          keyOf={(one) => one.id}
          none={['还没有证据', 'No evidence yet']}
        />
        {mayCollect(asked, inspection) ? (
          <ActionForm asked={asked} action="upload" fields={upload} submit={['上传', 'Upload']} />
        ) : null}
      </>
    ),
  };
}

function nameOf({ team }: Pick<Shown, 'team'>, staffNo: string): string {
  return team.find(({ inspector }) => inspector === staffNo)?.name ?? staffNo;
}

/** Whoever inspects collects the evidence, from the begin of the visit until its file is closed. */
function mayCollect({ person }: Asked, { team, status }: Shown): boolean {
  return onTeam(person, { team }) && ['begun', 'ended', 'recorded', 'published'].includes(status);
}

/** Says what comes, puts it where the API says, and says that it is there. */
async function send({ api, params: { id = '' }, path }: Asked, form: Form): Promise<Done> {
  const [file] = form.files['file'] ?? [];
  if (file === undefined) {
    return refuseFile('请选择文件 Choose a file.');
  }
  if (file.size > MOST_BYTES) {
    return refuseFile(`文件为 ${file.size} 字节，超过 ${MOST_BYTES} 字节 The file is larger than 4 MB.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const place = await api.command('POST /inspections/{id}/evidence', {
    params: { id },
    once: form.once,
    body: {
      name: file.name,
      mediaType: typeOf(file),
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  });
  if ('upload' in place) {
    const { method, url, headers } = place.upload;
    const put = await fetch(url, { method, headers, body: bytes });
    if (!put.ok) {
      throw new Error(`the storage answers ${put.status} to evidence ${place.id}`);
    }
    await api.call('POST /inspections/{id}/evidence/{evidence}/complete', {
      params: { id, evidence: place.id },
    });
  }
  return { to: path };
}

function refuseFile(detail: string): never {
  throw new ApiRefusal({
    type: 'urn:mingchou:problem:body-invalid',
    title: '请求内容有误 Invalid body',
    status: 400,
    detail,
    errors: [{ pointer: '/file', detail }],
  });
}

/** What the browser says; where it does not know, what the ending of the name says. */
function typeOf({ name, type }: File): string {
  if (MediaType.safeParse(type).success) return type;
  const ending = name.toLowerCase().split('.').at(-1);
  return MediaType.options.find((one) => evidenceTypes[one].extension === ending) ?? type;
}

const evidence: Page = {
  path: '/inspections/{id}/evidence',
  roles: LISTING,
  show,
  actions: { upload: { said: ['已留存', 'Kept'], run: send } },
};

/** A piece of evidence with a link by which it opens, good for some minutes. */
const piece: Page = {
  path: '/inspections/{id}/evidence/{evidence}',
  roles: LISTING,
  show: async ({ api, params }) => {
    const shown = await api.call('GET /inspections/{id}/evidence/{evidence}', { params });
    return {
      title: shown.name,
      content: (
        <>
          <p>
            <a href={`/console/inspections/${params['id']}/evidence`}>← 返回证据 Back to the evidence</a>
          </p>
          <Facts
            facts={[
              { words: ['编号', 'Id'], value: <code>{shown.id}</code> },
              { words: ['类型', 'Type'], value: evidenceTypes[shown.mediaType].zh },
              { words: ['大小（字节）', 'Bytes'], value: shown.size },
              { words: ['SHA-256', ''], value: <code>{shown.sha256}</code> },
              { words: ['上传人', 'By'], value: shown.by },
              { words: ['时间', 'When'], value: <Time at={shown.at} /> },
            ]}
          />
          {shown.url === undefined ? (
            <p class="none">尚未上传完成 It has not arrived.</p>
          ) : (
            <p>
              <a class="button" href={shown.url} target="_blank" rel="noopener noreferrer">
                打开 Open
              </a>
            </p>
          )}
        </>
      ),
    };
  },
};

export const evidencePages: readonly Page[] = [evidence, piece];
