import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import { codeOf, LocalRunnerError, messageOf } from './failure.ts';
import { parseJson } from './json.ts';

const State = z.strictObject({
  version: z.literal(1),
  accessKeyId: z.string(),
  /** The virtual clock at the last settled moment; schedules up to then have fired. */
  clock: Instant.optional(),
  checkpoints: z.record(z.string(), z.strictObject({ stream: z.string(), sequence: z.string() })),
});
export type State = z.infer<typeof State>;

/** What the runner keeps between two starts, in a data folder that only one runner may hold. */
export class DataFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.resolve(folder);
    try {
      mkdirSync(this.databaseFolder, { recursive: true });
      this.#lock();
    } catch (error) {
      if (error instanceof LocalRunnerError) throw error;
      throw new LocalRunnerError(`The data folder ${this.path} can't be used: ${messageOf(error)}`);
    }
  }

  get databaseFolder(): string {
    return this.file('dynamodb');
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  load(): State | undefined {
    const file = this.file('state.json');
    if (!existsSync(file)) return undefined;
    return readStored(file, State);
  }

  save(state: State): void {
    writeWhole(this.file('state.json'), state);
  }

  release(): void {
    rmSync(this.file('lock'), { force: true });
  }

  /** Two engines on one database file would break it. */
  #lock(): void {
    const file = this.file('lock');
    for (let tries = 0; ; tries += 1) {
      try {
        const handle = openSync(file, 'wx');
        writeFileSync(handle, String(process.pid));
        closeSync(handle);
        return;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || tries > 1) throw error;
        const holder = Number(readFileSync(file, 'utf8'));
        if (holder !== process.pid && isAlive(holder)) {
          throw new LocalRunnerError(`The data folder ${this.path} is in use by process ${holder}.`);
        }
        rmSync(file, { force: true });
      }
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Reads a file that the runner wrote, and says so when it is broken. */
export function readStored<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new LocalRunnerError(`${file} can't be read: ${messageOf(error)}`);
  }
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new LocalRunnerError(`${file} is broken: start with --fresh to begin anew.`);
  return parsed.data;
}

/** Writes to another file first, so that a kill in the middle leaves the old one. Readable by the owner only. */
export function writeWhole(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
