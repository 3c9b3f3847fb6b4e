import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LocalRunnerError } from '../../infra/local/failure.ts';
import { launch, readSettings, removeData, requireNode } from '../../infra/local/launch.ts';

describe('what may be set from outside', () => {
  test('has defaults', () => {
    expect(readSettings({}, [], '/data')).toEqual({
      port: 4510,
      fresh: false,
      empty: false,
      dataFolder: '/data',
      dynamodb: undefined,
    });
  });

  test('names another engine', () => {
    const environment = {
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
      AWS_ACCESS_KEY_ID: 'abc',
      PORT: '4000',
    };
    expect(readSettings(environment, ['--fresh', '--empty'], '/data')).toEqual({
      port: 4000,
      fresh: true,
      empty: true,
      dataFolder: '/data',
      dynamodb: { endpoint: 'http://127.0.0.1:8000', accessKeyId: 'abc', region: undefined },
    });
  });

  test.each([
    [{ PORT: 'http' }, [], 'The environment variable PORT must be a number.'],
    [{ PORT: '70000' }, [], 'The environment variable PORT must be 1 to 65535.'],
    [{ PORT: '80.5' }, [], 'The environment variable PORT must be a whole number.'],
    [
      { AWS_ENDPOINT_URL_DYNAMODB: 'here' },
      [],
      'The environment variable AWS_ENDPOINT_URL_DYNAMODB must be a URL.',
    ],
    [{}, ['--clean'], 'Unknown argument --clean; there are --fresh and --empty.'],
  ])('is refused in one line: %j %j', (environment, args, message) => {
    expect(() => readSettings(environment, args, '/data')).toThrow(new LocalRunnerError(message));
  });

  test('an old Node is told so', () => {
    expect(() => requireNode('20.20.2')).toThrow('Mingchou needs Node 22.18 or newer; this is Node 20.20.2.');
    expect(() => requireNode('22.17.1')).toThrow('Mingchou needs Node 22.18 or newer');
    expect(() => requireNode('22.18.0')).not.toThrow();
    expect(() => requireNode('24.0.0')).not.toThrow();
  });
});

test('--fresh removes a data folder of the runner, and no other folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'runner-fresh-'));
  const mine = path.join(folder, 'mine');
  mkdirSync(path.join(mine, 'dynamodb'), { recursive: true });
  removeData(mine);
  expect(existsSync(mine)).toBe(false);
  writeFileSync(path.join(folder, 'thesis.txt'), 'x');
  expect(() => removeData(folder)).toThrow('it was not removed');
  expect(existsSync(path.join(folder, 'thesis.txt'))).toBe(true);
});

const neverStarted = async () => Promise.reject(new Error('not reached'));

test('a stack that can not be synthesized is one line', async () => {
  const settings = { port: 3000, fresh: false, empty: false, dataFolder: '/nowhere', dynamodb: undefined };
  const wiring = { build: async () => Promise.reject(new Error('two\nlines')), people: undefined };
  await expect(launch(settings, wiring, neverStarted, () => {}, undefined)).rejects.toThrow(
    'The stack could not be synthesized: two lines',
  );
});
