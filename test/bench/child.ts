import { fork } from 'node:child_process';
import { once } from 'node:events';
import type * as z from 'zod';

/**
 * What a process of its own has measured, as it sends it: the output of the functions that it runs goes nowhere, as theirs
 * goes to the log on Lambda. @throws Error when it ends without a report of that form
 */
export async function measuredIn<T extends z.ZodType>(file: string, report: T): Promise<z.infer<T>> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let message: unknown;
  child.once('message', (sent) => {
    message = sent;
  });
  await once(child, 'exit');
  const sent = report.safeParse(message);
  if (!sent.success) {
    throw new Error(`${file} ended with code ${child.exitCode} and measured nothing`);
  }
  return sent.data;
}
