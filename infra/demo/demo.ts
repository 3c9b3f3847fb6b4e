import { parseArgs } from 'node:util';
import { CalendarDate } from '#domain/time/time.ts';
import { messageOf } from '../cli/failure.ts';
import { sampleStaff } from '../sample/staff.ts';
import { Chronicle } from './chronicle.ts';
import { Client } from './client.ts';
import { timeOn } from './days.ts';
import { startDemoStack, type DemoStack } from './stack.ts';
import { play } from './story.ts';
import { summarize } from './summary.ts';
import { lineJson, lineText, type Print } from './timeline.ts';

/** `npm run demo [-- --json]`: two months of a district in a stack of its own, told line by line. */
const SEED = 'mingchou';
const FIRST_DAY = CalendarDate.parse('2026-09-01');
const START = timeOn(FIRST_DAY, '09:00');

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const json = jsonAsked(args);
  if (json === undefined) {
    process.stderr.write('Usage: npm run demo [-- --json]\n');
    return 2;
  }
  const print: Print = (line) => process.stdout.write(`${json ? lineJson(line) : lineText(line)}\n`);
  let stack: DemoStack | undefined;
  try {
    stack = await startDemoStack(START, sampleStaff(SEED, FIRST_DAY));
    stopWhenInterrupted(stack);
    await tell(stack, print);
    return 0;
  } catch (error) {
    process.stderr.write(`FAILED 失败 ${messageOf(error)}\n`);
    for (const line of stack?.errors.slice(-3) ?? []) {
      process.stderr.write(`${line}\n`);
    }
    return 1;
  } finally {
    await stack?.stop();
  }
}

function jsonAsked(args: readonly string[]): boolean | undefined {
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch {
    return undefined;
  }
}

async function tell({ runner }: DemoStack, print: Print): Promise<void> {
  print({
    at: START,
    step: 'stack.started',
    zh: `系统已在本机启动：${runner.url}，${runner.functions.length} 个函数，全部在内存中`,
    en: `stack started on this machine, in memory, its clock standing still`,
    facts: { url: runner.url, functions: runner.functions.length },
  });
  const client = new Client(runner);
  const stage = { runner, client, print, seed: SEED, chronicle: new Chronicle(runner, client, print) };
  await play(stage);
  for (const line of await summarize(stage, START)) {
    print(line);
  }
}

/** Ctrl-C ends the engine too. */
function stopWhenInterrupted(stack: DemoStack): void {
  const stop = (): void => {
    stack.stop().then(
      () => process.exit(130),
      () => process.exit(130),
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}
