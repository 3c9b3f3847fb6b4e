import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFolder, functionFolders } from '#infra/bundle.ts';
import { median, timed, type Figure } from '../measure.ts';

const ROUNDS = 5;

/** What each function costs before its first request: the size of its bundle, and loading it in a new process. */
export async function functions(): Promise<Figure[]> {
  const names = functionFolders();
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-bench-'));
  const empty = join(folder, 'index.mjs');
  writeFileSync(empty, '');
  const bare: number[] = [];
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await timed(() => load(empty)));
      for (const name of names) {
        times.get(name)?.push(await timed(() => load(fileOf(name))));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const start = median(bare);
  return names.map((name) => {
    const loading = median(times.get(name) ?? []);
    return {
      name: `function ${name}`,
      measured: `${(statSync(fileOf(name)).size / 1024).toFixed(0)} KB, ${(loading - start).toFixed(0)} ms to import`,
      baseline: `${start.toFixed(0)} ms bare node`,
      ratio: loading / start,
    };
  });
}

const fileOf = (name: string): string => join(bundleFolder(name), 'index.mjs');

function load(file: string): void {
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', env: {} });
  if (status !== 0) {
    throw new Error(`${file} could not be loaded: ${stderr}`);
  }
}
