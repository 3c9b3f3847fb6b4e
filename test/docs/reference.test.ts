import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventTypes } from '#contracts/catalogue.ts';
import { problems } from '#contracts/problems.ts';
import { routes } from '#contracts/routes.ts';
import { lifecycles } from '#infra/docs/lifecycles.ts';
import { pages, stalePages } from '#infra/docs/pages.ts';

const made = pages();
const textOf = (name: string) => made.get(name) ?? '';

test('docs/ says what the product does; "npm run docs" writes it anew', async () => {
  expect(await stalePages(new URL('../../docs/', import.meta.url))).toEqual([]);
});

describe('the reference pages', () => {
  test('name every event, route and reason', () => {
    for (const type of eventTypes) {
      expect(textOf('events.md')).toContain(`\n## ${type}\n`);
    }
    for (const path of Object.keys(routes).flatMap((key) => key.split(' ')[1] ?? [])) {
      expect(textOf('routes.md')).toContain(` | \`${path}\` | `);
    }
    for (const reason of Object.keys(problems)) {
      expect(textOf('problems.md')).toContain(`| \`${reason}\` | `);
    }
  });

  test('tell who hears an event and what is in it', () => {
    expect(textOf('events.md')).toContain(
      '| [`draw.drawn`](#drawdrawn) | 抽出检查对象 | 7(2) | inside | `match` |\n',
    );
    expect(textOf('events.md')).toContain('| `team[].inspector` | string | yes |  |\n');
    expect(textOf('events.md')).toContain('| `seed` | string | yes | 64 lower-case hex digits |\n');
    expect(textOf('events.md')).toContain('| `publishBy` | date | yes |  |\n');
  });

  test('tell the body of a webhook', () => {
    expect(textOf('routes.md')).toContain(
      '| `category` | string | yes | `complaint`, `referral`, `monitoring`, `risk` |\n',
    );
    expect(textOf('routes.md')).toContain('| `evidence[].url` | URL | yes | at most 2000 characters |\n');
  });

  test('tell the ladder of a deadline as the sweep climbs it', () => {
    expect(textOf('deadlines.md')).toContain(
      '| `publish` | 公示检查结果（法定期限） | the inspection ended 检查结束 | 20 | 10, 5, 3, 1, 0, −1, −2, … |\n',
    );
    expect(textOf('deadlines.md')).toContain('| 2 | 1, 0, −1, −2, … |\n');
  });

  test('draw the life of a record, and tell who may do what in which state', () => {
    const text = textOf('lifecycles.md');
    expect(text).toContain('  recorded --> published: 公示结果 publish\n');
    expect(text).toContain('| `begin` | 开始检查 | 7(5) | `team` |  | `begun` |  |  |  |');
    expect(text).toContain('  voided --> [*]\n');
    expect(text).not.toContain('  fired --> fired: 触发抽查 fire');
  });

  test.each(lifecycles.map((one) => [one.name, one] as const))(
    'of %s lead from its beginning to every state, and nowhere else',
    (_, { statuses, begins, steps }) => {
      const reached = new Set(begins.in);
      for (let before = -1; before < reached.size;) {
        before = reached.size;
        for (const { from, to } of Object.values(steps)) {
          if (to !== 'unchanged' && from.some((one) => reached.has(one)))
            to.forEach((one) => reached.add(one));
        }
      }
      expect([...reached].toSorted()).toEqual(Object.keys(statuses).toSorted());
    },
  );

  test('tell which keys a function may use, and what they are', () => {
    expect(textOf('access-patterns.md')).toContain(
      '| `webhook` | `SOURCE#*`, `TRIGGER#*`, `DRAW#*` | – | `ONCE#webhook#*`, `TRIGGER#*`, `RECEIVED#*` | – | – | – |\n',
    );
    expect(textOf('access-patterns.md')).toContain(
      '| deadlines that need attention by a day | due index | `DUE#shard` / `day#id` |\n',
    );
  });
});

describe('npm run docs', () => {
  const script = fileURLToPath(new URL('../../infra/docs/generate.ts', import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mingchou-docs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('writes the pages, and --check names those that were changed or are gone', () => {
    expect(run('--check', folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('events.md is stale'),
    });
    expect(run(folder).status).toBe(0);
    for (const [name, text] of made) {
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
    }
    expect(run('--check', folder)).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(folder, 'routes.md'), `${textOf('routes.md')}\n`);
    expect(run('--check', folder)).toMatchObject({
      status: 1,
      stderr: 'docs: routes.md is stale; write it anew with "npm run docs"\n',
    });
  });

  test('does not take a misspelt --check for leave to write', () => {
    expect(run('--chekc')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('"--chekc"'),
    });
  });
});
