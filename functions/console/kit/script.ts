import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { once } from '#lambda/environment.ts';

/** The script of the console's pages stands beside this function's bundle, see infra/bundle.ts. */
const read = once(() => readFileSync(new URL('comfort.js', import.meta.url)));

/** Where the script is to be had: another script, another address. */
export const scriptPath = once(
  () => `/console/assets/${createHash('sha256').update(read()).digest('hex').slice(0, 16)}.js`,
);

export function script(): Uint8Array {
  return read();
}
