import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InterceptedCall, Runner, RunnerOptions, Verdict } from '../../infra/local/runner.ts';
import { calls, putItems, start, tableLike } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';

let assembly: string;
let engine: Runner;
let databases = 0;
beforeAll(async () => {
  assembly = await synthesizeFixture();
  engine = await start(assembly);
});
afterAll(async () => {
  await engine.stop();
});

/** A runner with a database of its own in the engine that is already running. */
async function withRunner(
  more: Partial<RunnerOptions>,
  use: (runner: Runner) => Promise<void>,
): Promise<void> {
  databases += 1;
  const runner = await start(assembly, {
    dynamodb: { endpoint: engine.dynamodb.endpoint, accessKeyId: `faults${databases}` },
    ...more,
  });
  try {
    await use(runner);
  } finally {
    await runner.stop();
  }
}
/** Gives one verdict, once, for the first call that fits. */
function once(
  verdict: Verdict,
  fits: (call: InterceptedCall) => boolean,
): { seen: InterceptedCall[]; intercept: (call: InterceptedCall) => Verdict } {
  const seen: InterceptedCall[] = [];
  let given = false;
  return {
    seen,
    intercept: (call) => {
      seen.push(call);
      if (given || !fits(call)) return 'pass';
      given = true;
      return verdict;
    },
  };
}
async function itemsOf(runner: Runner): Promise<string[]> {
  const client = new DynamoDB(runner.dynamodb);
  const found = await client.scan({ TableName: tableLike(runner, 'Main') });
  client.destroy();
  return (found.Items ?? []).map((item) => item['pk']?.S ?? '').toSorted();
}

describe('a function that is killed', () => {
  test('before its write has not written, and the event comes again', async () => {
    const fault = once(
      'kill-before',
      (call) => call.function.startsWith('Consumer') && call.action === 'UpdateItem',
    );
    await withRunner({ intercept: fault.intercept }, async (runner) => {
      await putItems(runner, [{ id: 'a', kind: 'plain' }]);
      await runner.settle();
      expect(await calls(runner, 'consumer')).toEqual(['a']);
      const attempts = fault.seen.filter((call) => call.function.startsWith('Consumer'));
      expect(
        attempts.map((call) => [
          call.delivery.attempt,
          call.delivery.kind,
          call.call,
          call.service,
          call.action,
        ]),
      ).toEqual([
        [1, 'event', 1, 'dynamodb', 'UpdateItem'],
        [2, 'event', 1, 'dynamodb', 'UpdateItem'],
      ]);
      expect(attempts[0]?.delivery.id).toBe(attempts[1]?.delivery.id);
    });
  });

  test('after its write has written, and writes again when the event comes again', async () => {
    const fault = once(
      'kill-after',
      (call) => call.function.startsWith('Consumer') && call.action === 'UpdateItem',
    );
    await withRunner({ intercept: fault.intercept }, async (runner) => {
      await putItems(runner, [{ id: 'a', kind: 'plain' }]);
      await runner.settle();
      expect(await calls(runner, 'consumer')).toEqual(['a', 'a']);
    });
  });

  test('at its second call of a request has made the first only, and the client sees a 500', async () => {
    const fault = once('kill-before', (call) => call.delivery.kind === 'http' && call.call === 2);
    await withRunner({ intercept: fault.intercept }, async (runner) => {
      const answer = await putItems(runner, [
        { id: 'one', kind: 'plain' },
        { id: 'two', kind: 'plain' },
      ]);
      expect(answer.status).toBe(500);
      await runner.settle();
      expect(await itemsOf(runner)).toEqual(['one']);
    });
  });

  test('after PutEvents has sent its events, and the records of the stream come again', async () => {
    const fault = once('kill-after', (call) => call.service === 'eventbridge' && call.action === 'PutEvents');
    await withRunner({ intercept: fault.intercept }, async (runner) => {
      await putItems(runner, [{ id: 'a', kind: 'plain' }]);
      await runner.settle();
      expect(await calls(runner, 'consumer')).toEqual(['a', 'a']);
      const relay = fault.seen.filter((call) => call.function.startsWith('Relay'));
      expect(relay.map((call) => [call.delivery.kind, call.delivery.attempt])).toEqual([
        ['stream', 1],
        ['stream', 2],
      ]);
    });
  });

  test('before PutEvents has sent nothing', async () => {
    const fault = once('kill-before', (call) => call.service === 'eventbridge');
    await withRunner({ intercept: fault.intercept }, async (runner) => {
      await putItems(runner, [{ id: 'a', kind: 'plain' }]);
      await runner.settle();
      expect(await calls(runner, 'consumer')).toEqual(['a']);
    });
  });
});

test('the interceptor sees what a call says', async () => {
  const fault = once('pass', () => true);
  await withRunner({ intercept: fault.intercept }, async (runner) => {
    await putItems(runner, [{ id: 'a', kind: 'batch' }]);
    await runner.settle();
    expect(fault.seen[0]).toMatchObject({ action: 'PutItem', body: { Item: { pk: { S: 'a' } } } });
  });
});

test('a delivery that is doubled arrives twice, events as well as stream records', async () => {
  await withRunner(
    { onDeliver: (delivery) => (delivery.function.startsWith('Api') ? 1 : 2) },
    async (runner) => {
      await putItems(runner, [{ id: 'a', kind: 'plain' }]);
      await runner.settle();
      // The relay gets the record twice, and each of its two events arrives twice.
      expect(await calls(runner, 'consumer')).toEqual(['a', 'a', 'a', 'a']);
    },
  );
});

const draw = async (entropy: string | undefined): Promise<[string, string]> => {
  const drawn: [string, string] = ['', ''];
  await withRunner({ entropy }, async (runner) => {
    for (const index of [0, 1] as const) {
      const answer = await (await fetch(`${runner.url}/random?n=${index}`)).json();
      drawn[index] = answer.random;
    }
  });
  return drawn;
};

test('with an entropy, random bytes are the same in two runs and differ between requests', async () => {
  const first = await draw('seed');
  expect(await draw('seed')).toEqual(first);
  expect(first[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(first[0]).not.toBe(first[1]);
  expect((await draw('other'))[0]).not.toBe(first[0]);
  expect((await draw(undefined))[0]).not.toBe((await draw(undefined))[0]);
});

test('no probe is left in a table after settling', async () => {
  await withRunner({}, async (runner) => {
    await runner.settle();
    expect(await itemsOf(runner)).toEqual([]);
  });
});
