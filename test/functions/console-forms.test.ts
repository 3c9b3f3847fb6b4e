import { describe, expect, it } from 'vitest';
import { bodyOf, pointerOf, readForm, textOf, type Field, type Form } from '#console/kit/form.ts';
import { Instant } from '#domain/time/time.ts';
import type { HttpRequest } from '#web/request.ts';

const words = ['名', 'name'] as const;
const OPTIONS = [
  { value: '1', words },
  { value: '2', words },
];

const typed = (values: Form['values']): Form => ({ once: 'once-1', values, files: {} });

/** The body that one field makes of what was typed into it. */
const made = (field: Field, ...values: string[]) => bodyOf([field], typed({ [field.name]: values }));

describe('the body of a form', () => {
  it('leaves out what was left empty, and takes blanks away around what was typed', () => {
    const text: Field = { name: 'reason', words, kind: 'text' };
    expect(made(text, '  重复投诉 ')).toEqual({ reason: '重复投诉' });
    expect(made(text, '   ')).toEqual({});
    expect(bodyOf([text], typed({}))).toEqual({});
    expect(made({ name: 'count', words, kind: 'number' }, '')).toEqual({});
  });

  it('takes only what a field of the form asks for', () => {
    const form = typed({ reason: ['x'], role: ['administrator'] });
    expect(bodyOf([{ name: 'reason', words, kind: 'text' }], form)).toEqual({ reason: 'x' });
  });

  it('puts names with dots into objects, several into one', () => {
    const fields: readonly Field[] = [
      { name: 'signature.signed', words, kind: 'yes' },
      { name: 'signature.by', words, kind: 'text' },
      { name: 'beacon.preferred.kind', words, kind: 'text' },
    ];
    const form = typed({
      'signature.signed': ['yes'],
      'signature.by': ['王五'],
      'beacon.preferred.kind': ['drand'],
    });
    expect(bodyOf(fields, form)).toEqual({
      signature: { signed: true, by: '王五' },
      beacon: { preferred: { kind: 'drand' } },
    });
  });

  it('reads numbers as numbers, and leaves to the API to say of another text that it is none', () => {
    const number: Field = { name: 'count', words, kind: 'number' };
    expect([made(number, ' 12 '), made(number, '0'), made(number, '-1.5')]).toEqual([
      { count: 12 },
      { count: 0 },
      { count: -1.5 },
    ]);
    expect([made(number, '十二'), made(number, '1e999')]).toEqual([{ count: '十二' }, { count: '1e999' }]);
  });

  it('reads a choice of numbers as numbers, and several choices as a list, empty when nothing was ticked', () => {
    const choice: Field = { name: 'kind', words, kind: 'choice', options: OPTIONS };
    const choices: Field = { name: 'results', words, kind: 'choices', options: OPTIONS };
    expect([made(choice, '1'), made({ ...choice, numbers: true }, '1')]).toEqual([
      { kind: '1' },
      { kind: 1 },
    ]);
    expect([made(choices, '1', '2'), made({ ...choices, numbers: true }, '1', '2'), made(choices)]).toEqual([
      { results: ['1', '2'] },
      { results: [1, 2] },
      { results: [] },
    ]);
  });

  it('reads a time as the clock of Shanghai shows it, over midnight of UTC too', () => {
    const time: Field = { name: 'at', words, kind: 'time' };
    expect(made(time, '2026-03-02T09:30')).toEqual({ at: '2026-03-02T01:30:00.000Z' });
    expect(made(time, '2026-03-02T07:59')).toEqual({ at: '2026-03-01T23:59:00.000Z' });
    expect(made(time, '2026-01-01T00:00')).toEqual({ at: '2025-12-31T16:00:00.000Z' });
  });

  it('leaves a time that there is not as it was typed, to be refused', () => {
    const time: Field = { name: 'at', words, kind: 'time' };
    for (const wrong of ['2026-02-30T09:30', '2026-03-02T24:00', '2026-03-02', '昨天']) {
      expect(made(time, wrong)).toEqual({ at: wrong });
    }
  });

  it('reads lines without the empty ones, and a box that is not ticked as no', () => {
    expect(made({ name: 'tags', words, kind: 'lines' }, ' 一 \n\n二\n')).toEqual({ tags: ['一', '二'] });
    expect(made({ name: 'sure', words, kind: 'yes' })).toEqual({ sure: false });
  });

  it('puts no file into the body', () => {
    const file: Field = { name: 'photo', words, kind: 'file', accept: 'image/jpeg', maxBytes: 10 };
    expect(made(file, 'photo.jpg')).toEqual({});
  });
});

describe('the pointer of a field', () => {
  it('is the path of what it fills (RFC 6901)', () => {
    expect([pointerOf('reason'), pointerOf('signature.by')]).toEqual(['/reason', '/signature/by']);
  });
});

/** A request with what `fetch` makes of a form, as a browser would. */
async function sent(body: FormData | URLSearchParams): Promise<HttpRequest> {
  const request = new Request('https://mingchou.example.org/console/x', { method: 'POST', body });
  return {
    route: 'POST /console/{page+}',
    method: 'POST',
    path: '/console/x',
    params: {},
    query: {},
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    body: new Uint8Array(await request.arrayBuffer()),
    at: Instant.parse('2026-03-02T01:30:00.000Z'),
    id: 'request-1',
  };
}

describe('reading a form', () => {
  it('tells its action and its number from what was typed, and takes line ends as they were typed', async () => {
    const { action, form } = await readForm(
      await sent(
        new URLSearchParams([
          ['.action', 'dismiss'],
          ['.once', 'once-7'],
          ['reason', '一\r\n二'],
          ['results', '1'],
          ['results', '2'],
        ]),
      ),
    );
    expect(action).toBe('dismiss');
    expect(form).toEqual({
      once: 'once-7',
      values: { reason: ['一\n二'], results: ['1', '2'] },
      files: {},
    });
    expect([textOf(form, 'reason'), textOf(form, 'none')]).toEqual(['一\n二', '']);
  });

  it('takes files with their names and bytes, and none where none was chosen', async () => {
    const data = new FormData();
    data.append('.action', 'attach');
    data.append('photo', new File(['abc'], '现场.jpg', { type: 'image/jpeg' }));
    data.append('other', new File([], ''));
    const { action, form } = await readForm(await sent(data));
    const photo = form.files['photo']?.[0];
    expect([action, photo?.name, photo?.type, await photo?.text()]).toEqual([
      'attach',
      '现场.jpg',
      'image/jpeg',
      'abc',
    ]);
    expect(form.files['other']).toBeUndefined();
  });

  it('throws for a body that is no form', async () => {
    const request = await sent(new URLSearchParams());
    const json = { ...request, headers: { 'content-type': 'application/json' } };
    await expect(readForm(json)).rejects.toThrow(TypeError);
  });
});
