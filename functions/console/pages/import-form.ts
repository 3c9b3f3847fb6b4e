import { ApiRefusal } from '#console/api/api.ts';
import type { Field, Form } from '#console/kit/form.ts';

/** Lambda takes 6 MB of request in its base64 form; the form around the file needs some of it. */
export const MAX_IMPORT_BYTES = 4_000_000;
/** Not the file's own type: a text type would be handed over as UTF-8, which destroys a GB18030 file. */
export const OCTETS = 'application/octet-stream';

/** Whether a file is tried, or taken in. */
export const modeField: Field = {
  name: 'mode',
  kind: 'choice',
  words: ['方式', 'What to do'],
  required: true,
  options: [
    { value: 'try', words: ['试导入，不写入', 'Dry run, writes nothing'] },
    { value: 'import', words: ['正式导入', 'Import'] },
  ],
};

/** The bytes of the form's one file. @throws ApiRefusal at the field `file` when there is none */
export async function fileOf(form: Form): Promise<Uint8Array<ArrayBuffer>> {
  const file = form.files['file']?.[0];
  if (file === undefined || file.size === 0) {
    throw new ApiRefusal({
      type: 'urn:mingchou:problem:body-invalid',
      title: 'No file',
      status: 422,
      detail: '请选择文件 Choose a file.',
      errors: [{ pointer: '/file', detail: '没有文件或文件为空 no file, or an empty one' }],
    });
  }
  return new Uint8Array(await file.arrayBuffer());
}
