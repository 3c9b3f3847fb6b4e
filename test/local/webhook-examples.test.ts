import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import { ADMINISTRATOR, localAssembly, startWorld, type World } from '../support/world.ts';
import { root } from '../support/sources.ts';

const run = promisify(execFile);
const Taken = z.object({ trigger: z.string(), status: z.literal('received') });
const Triggers = z.object({
  triggers: z.array(z.object({ id: z.string(), senderId: z.string(), report: z.looseObject({}) })),
});

/** The programs of docs/webhooks.md, each with what runs it. */
const programs: readonly (readonly [string, string])[] = [
  ['webhook.sh', 'bash'],
  ['webhook.ts', process.execPath],
  ['webhook.py', 'python3'],
  ['Webhook.java', 'java'],
];

describe('the programs of docs/webhooks.md', () => {
  let world: World;
  // Away from the repository: where a program is started must not matter.
  const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-examples-'));

  beforeAll(async () => {
    // They sign with the machine's own clock, so the stack has to show the same time.
    world = await startWorld({
      assembly: await localAssembly(),
      restaurants: 2,
      start: Instant.parse(new Date().toISOString()),
    });
  }, 120_000);
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(programs)(
    '%s sends a report, which is one trigger however often it is sent',
    async (file, by) => {
      const env = {
        PATH: process.env['PATH'],
        URL: world.runner.url,
        SOURCE: 'hotline-12345',
        SECRET: world.secret,
        MESSAGE_ID: `example-${file}`,
      };
      const send = async () => {
        const { stdout } = await run(by, [path.join(root, 'docs/examples', file)], { cwd: folder, env });
        return Taken.parse(JSON.parse(stdout));
      };
      const first = await send();
      expect(await send()).toEqual(first);

      await world.runner.settle();
      const { body } = await world.as(ADMINISTRATOR).get('/triggers');
      const own = Triggers.parse(body).triggers.filter(({ senderId }) => senderId === env.MESSAGE_ID);
      expect(own).toEqual([
        {
          id: first.trigger,
          senderId: env.MESSAGE_ID,
          report: {
            category: 'monitoring',
            title: '网络监测：直播间销售三无产品',
            cohort: { territory: '410381', industry: 'F5292' },
          },
        },
      ]);
    },
  );

  test.each(programs)('%s ends with an error when it is refused', async (file, by) => {
    const env = {
      PATH: process.env['PATH'],
      URL: world.runner.url,
      SOURCE: 'hotline-12345',
      SECRET: `whsec_${Buffer.from('some other secret of nobody!').toString('base64')}`,
      MESSAGE_ID: `refused-${file}`,
    };
    const sent = run(by, [path.join(root, 'docs/examples', file)], { cwd: folder, env });
    await expect(sent).rejects.toMatchObject({ code: expect.any(Number) });
  });
});
