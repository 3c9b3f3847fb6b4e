import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { chain, GENESIS, type LedgerEntry } from '#domain/ledger/ledger.ts';
import { instantOf } from '#domain/time/time.ts';
import { sha256 } from '#sha256';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const PAGE = 4;

function ledgerOf(length: number, flavour = ''): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let head = { seq: 0, hash: GENESIS };
  for (let number = 1; number <= length; number += 1) {
    const entry = chain(head, {
      event: `E-${number}`,
      type: 'trigger.received',
      time: instantOf(Date.UTC(2026, 2, 2) + number),
      about: `trigger/T-${number}`,
      correlation: `T-${number}`,
      eventHash: sha256(`${flavour}${number}`),
    });
    entries.push(entry);
    head = entry;
  }
  return entries;
}

const good = ledgerOf(10);
let shown: readonly object[] = [];
const folder = temporaryFolder();
const server = testServer({
  'GET /public/ledger': ({ search }) => {
    const after = Number(search.get('after'));
    const entries = shown.slice(after, after + PAGE);
    return { body: { entries, ...(entries.length === PAGE ? { next: after + PAGE } : {}) } };
  },
});
const run = async (...args: string[]) =>
  mingchou(['ledger', 'verify', '--url', server.url, ...args], { folder: folder.path });
const failure = (line: string) => ({ code: 1, line: expect.stringContaining(line) });

beforeEach(() => {
  server.begin();
});

describe('ledger verify', () => {
  test.each([0, 1, 4, 10])('counts %i entries over all their pages and shows the head', async (length) => {
    const entries = ledgerOf(length);
    shown = entries;
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${length} ${length === 1 ? 'entry' : 'entries'}, every link holds`);
    expect(stdout).toContain(`head ${length} ${entries.at(-1)?.hash ?? GENESIS}`);
    expect(server.to('GET /public/ledger')).toHaveLength(Math.floor(length / PAGE) + 1);
  });

  test('takes the address from the environment', async () => {
    shown = ledgerOf(2);
    const outcome = await mingchou(['ledger', 'verify'], {
      folder: folder.path,
      environment: { MINGCHOU_URL: `${server.url}/` },
    });
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('2 entries') });
  });

  test.each([
    [
      'a changed entry',
      good.map((entry) => (entry.seq === 7 ? { ...entry, about: 'trigger/T-x' } : entry)),
      'broken at entry 7: entry 7 was changed',
    ],
    ['a missing entry', good.toSpliced(5, 1), 'broken at entry 6: entry 6 is missing, found 7'],
    [
      'two entries the other way round',
      [...good.slice(0, 2), ...good.slice(2, 4).toReversed(), ...good.slice(4)],
      'broken at entry 3',
    ],
    [
      'a tail of another chain',
      [...good.slice(0, 6), ...ledgerOf(10, 'other').slice(6)],
      'entry 7 does not follow the hash of 6',
    ],
    [
      'a member that no hash covers',
      good.map((entry) => (entry.seq === 2 ? { ...entry, remark: 'approved' } : entry)),
      'entry 2 of the ledger is broken',
    ],
    ['an entry that is none', [...good.slice(0, 8), {}], 'entry 9 of the ledger is broken'],
  ])('names the first broken entry: %s', async (_what, entries, expected) => {
    shown = entries;
    expect(oneLine(await run())).toEqual(failure(expected));
  });

  test('does not go round in a circle with a server that has no end', async () => {
    server.begin({ 'GET /public/ledger': () => ({ body: { entries: [], next: 1 } }) });
    expect(oneLine(await run())).toEqual(failure('goes on after entry 1'));
  });

  test('tells what the server said, and when it is no such server', async () => {
    server.begin({ 'GET /public/ledger': () => ({ status: 503, body: { message: 'Service Unavailable' } }) });
    expect(oneLine(await run())).toEqual(failure('was refused: 503 Service Unavailable'));
    server.begin({
      'GET /public/ledger': () => ({ body: '<html>', headers: { 'content-type': 'text/html' } }),
    });
    expect(oneLine(await run())).toEqual(failure('something that is not Mingchou'));
  });
});

describe('a checkpoint', () => {
  test('is written, and proves later that its head is still in the chain', async () => {
    shown = good.slice(0, 6);
    expect(await run('--checkpoint', 'head.json')).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(folder.of('head.json'), 'utf8'))).toEqual({
      seq: 6,
      hash: good[5]?.hash,
    });
    shown = good;
    const { code, stdout } = await run('--checkpoint', 'head.json');
    expect(code).toBe(0);
    expect(stdout).toContain('the remembered head 6 is still in the chain');
    expect(JSON.parse(await readFile(folder.of('head.json'), 'utf8'))).toEqual({
      seq: 10,
      hash: good[9]?.hash,
    });
  });

  test.each([
    ['rewritten whole', ledgerOf(12, 'other'), /entry 10 of the ledger of .* the chain was rewritten/],
    ['cut off', good.slice(0, 7), /ends with entry 7, but entry 10 was its head before/],
    ['emptied', [], /ends with entry 0, but entry 10/],
  ])('catches a chain that is sound but was %s, and stays as it was', async (_what, entries, expected) => {
    const remembered = JSON.stringify({ seq: 10, hash: good[9]?.hash });
    await writeFile(folder.of('kept.json'), remembered);
    shown = entries;
    expect(await run()).toMatchObject({ code: 0 });
    expect(oneLine(await run('--checkpoint', 'kept.json'))).toEqual({
      code: 1,
      line: expect.stringMatching(expected),
    });
    expect(await readFile(folder.of('kept.json'), 'utf8')).toBe(remembered);
  });

  test('that can not be read is wrong use, not a first run', async () => {
    await writeFile(folder.of('bad.json'), '{"seq":10}');
    shown = good;
    expect(oneLine(await run('--checkpoint', 'bad.json'))).toEqual({
      code: 2,
      line: expect.stringContaining('hash'),
    });
  });
});
