import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Instant } from '#domain/time/time.ts';
import { CONNECTION_FILE } from '#infra/cli/connection.ts';
import { startRunner, type Runner } from '#infra/local/runner.ts';
import { laterByWorkingDays, prepare, samplePeople } from '#infra/sample/installation.ts';
import { root } from '../support/sources.ts';
import { workshop } from '../support/template.ts';

/** A working afternoon, as in the run that the README shows. */
const START = Instant.parse('2026-11-24T07:02:49.555Z');
const FENCE = /^```(sh|text)\n([\s\S]*?)^```$/gm;
/** What the shell writes between the answers of two blocks. */
const END = '=== end of a block ===';

interface Block {
  readonly commands: string;
  /** What the README says is answered; absent where it shows nothing. */
  readonly answer: string | undefined;
}

/** The blocks of commands of a README's tour, each with the answer that stands below it. */
function tour(file: string, heading: string): readonly Block[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const from = text.indexOf(`\n## ${heading}\n`);
  const section = text.slice(from, text.indexOf('\n## ', from + 1));
  const fences = [...section.matchAll(FENCE)].map(([, kind, content = '']) => ({ kind, content }));
  return fences.flatMap(({ kind, content }, at) => {
    const next = fences[at + 1];
    return kind === 'sh'
      ? [{ commands: content, answer: next?.kind === 'text' ? next.content : undefined }]
      : [];
  });
}

/**
 * What an answer has to look like for the README to be true: the same words and marks in the same order. What is drawn, counted
 * or made anew in each run (names of businesses, numbers, ids, hashes, instants) may differ, and `…` stands for whatever was
 * left out.
 */
function shapeOf(answer: string): RegExp {
  const source = answer
    .trim()
    .split(
      /(…|槐屏区\p{Script=Han}+|[A-Z]+-[0-9a-f]{24}|\b[0-9a-f]{32,}|\b9[0-9A-Z]{17}\b|\bHP\d{4}|\/tmp\/\S*|\d+(?:\.\d+)?|\s+)/u,
    )
    .map((part, at) => (at % 2 === 0 ? RegExp.escape(part) : anyLike(part)))
    .join('');
  return new RegExp(`^${source}$`, 'u');
}

function anyLike(part: string): string {
  if (part === '…') return String.raw`[\s\S]*?`;
  if (part.startsWith('槐屏区')) return String.raw`槐屏区\p{Script=Han}+`;
  if (/^\s+$/.test(part)) return String.raw`\s*`;
  return /^\d+(\.\d+)?$/.test(part) ? String.raw`\d+(?:\.\d+)?` : String.raw`[\w./-]+`;
}

const [english, chinese] = [tour('README.md', 'A tour'), tour('README.zh-CN.md', '走一遍')];
const withoutComments = (commands: string): string => commands.replaceAll(/ *#(?= ).*$/gm, '');
/** Every command of the tour in its order, with the stack of this test in the place of the one that `npm start` starts. */
const script = (url: string): string =>
  english.map(({ commands }) => commands.replace('http://127.0.0.1:4510', url)).join(`\necho '${END}'\n`);

describe('the tour of the README', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-tour-'));
  let runner: Runner | undefined;
  let written = '';

  beforeAll(async () => {
    const { endpoint, local } = await workshop();
    runner = await startRunner({
      assembly: local,
      clock: { start: START, frozen: true },
      dynamodb: { endpoint, accessKeyId: 'tour' },
      issuer: { people: samplePeople() },
      messageDetailType: 'message.posted',
      addWorkingDays: laterByWorkingDays,
    });
    await prepare(runner, { isNew: true, empty: false }, path.join(folder, CONNECTION_FILE));
    const commandLine = `node ${path.join(root, 'infra/cli/mingchou.ts')}`;
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ type: 'module', scripts: { mingchou: commandLine } }),
    );
    // As in a terminal: a command that fails, as one of them is meant to, ends nothing. What it writes is looked at below.
    const shell = spawn('bash', ['-c', script(runner.url)], { cwd: folder });
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
    shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
    await once(shell, 'close');
    written = written.replaceAll(runner.url, 'http://127.0.0.1:4510');
  }, 900_000);
  afterAll(async () => {
    await runner?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same in both languages', () => {
    expect(chinese.map(({ commands }) => withoutComments(commands))).toEqual(
      english.map(({ commands }) => withoutComments(commands)),
    );
  });

  it.each(
    [...english.entries()].flatMap(([at, { answer }]) =>
      answer === undefined ? [] : [{ block: at + 1, answer, told: chinese[at]?.answer ?? '' }],
    ),
  )('is answered in block $block as both say', ({ block, answer, told }) => {
    const real = written.split(END)[block - 1]?.trim();
    expect(real).toMatch(shapeOf(answer));
    expect(real).toMatch(shapeOf(told));
  });
});
