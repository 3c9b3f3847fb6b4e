import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lambda waits a minute or more before a second attempt; here a moment must do. It is real time and not the virtual
 * clock's: a retry that waited for the clock to be advanced would never come.
 */
export async function pauseBeforeRetry(failures: number): Promise<void> {
  await sleep(Math.min(200, 10 * 2 ** failures));
}
