import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipped, type PackageFile } from '#files/package.ts';

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield await Promise.resolve(new TextEncoder().encode(text));
  }
}

const files = (): PackageFile[] => [
  { name: 'index.html', text: '<p>档案</p>' },
  { name: 'evidence/photo.jpg', bytes: pieces('照', '片') },
  { name: 'empty.txt', text: '' },
];
const packed = async (list: readonly PackageFile[]) => Buffer.concat(await Array.fromAsync(zipped(list)));

describe('a package', () => {
  it('holds its files as they were given, in their order', async () => {
    const found = unzipSync(await packed(files()));
    expect(Object.entries(found).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['index.html', '<p>档案</p>'],
      ['evidence/photo.jpg', '照片'],
      ['empty.txt', ''],
    ]);
  });

  it('has the same bytes whenever, wherever and in whatever pieces it is made', async () => {
    const bytes = await packed(files());
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/Los_Angeles';
    const elsewhere = await packed(files());
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(elsewhere.equals(bytes)).toBe(true);
    const [index, , empty] = files();
    const whole: PackageFile = { name: 'evidence/photo.jpg', bytes: pieces('照片') };
    const again = await packed([index, whole, empty].flatMap((file) => (file === undefined ? [] : [file])));
    expect(again.equals(bytes)).toBe(true);
    expect(createHash('sha256').update(bytes).digest('hex')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('ends with the error of a file that can’t be read', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* pieces('照');
      throw new Error('the file is another one');
    }
    await expect(packed([{ name: 'a.jpg', bytes: broken() }])).rejects.toThrow('the file is another one');
  });
});
