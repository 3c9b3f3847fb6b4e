import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { root, sourcesIn } from '../support/sources.ts';

const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string(), help: z.string().optional() })),
});

/** A copy outside the repository: the same configuration, in whose normal run the fixtures are ignored. */
const copy = mkdtempSync(path.join(tmpdir(), 'mingchou-house-'));
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function lint(): z.infer<typeof Report>['diagnostics'] {
  cpSync(path.join(root, 'test/fixtures/house'), copy, { recursive: true });
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(copy, '.oxlintrc.json'));
  const run = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
    cwd: copy,
    encoding: 'utf8',
  });
  return Report.parse(JSON.parse(run.stdout)).diagnostics;
}

const found = lint()
  .filter(({ code }) => code.includes('no-restricted-imports'))
  .map(({ filename }) => filename.replaceAll('\\', '/').replace(/^\.\//, ''));

const fixtures = sourcesIn('test/fixtures/house').map((file) => path.relative('test/fixtures/house', file));
const forbidden = fixtures.filter((file) => !file.endsWith('/allowed.ts'));

describe('the rooms of the house', () => {
  it.each(forbidden)('lint refuses the import of %s', (file) => {
    expect(found.filter((name) => name === file).length).toBe(1);
  });

  it('lint allows what the arrows allow', () => {
    expect(found.filter((file) => file.endsWith('/allowed.ts'))).toEqual([]);
    expect(fixtures.length - forbidden.length).toBe(4);
  });

  it('lint finds nothing else in the fixtures', () => {
    expect(found.toSorted()).toEqual(forbidden);
  });

  it('every room of shared/ has fixtures that its rule refuses', () => {
    const rooms = [...new Set(sourcesIn('shared').map((file) => file.split('/')[1]))];
    const proven = new Set(forbidden.map((file) => file.split('/')[1]));
    expect(rooms.filter((room) => !proven.has(room ?? ''))).toEqual([]);
  });
});
