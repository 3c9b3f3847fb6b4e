import { parseArgs } from 'node:util';
import { bundleFunctions } from '#infra/bundle.ts';
import { burst } from './figures/burst.ts';
import { consolePages } from './figures/console.ts';
import { costs } from './figures/cost.ts';
import { draw } from './figures/draw.ts';
import { functions } from './figures/functions.ts';
import { importing } from './figures/import.ts';
import { intake } from './figures/intake.ts';
import { matching } from './figures/matching.ts';
import { memory } from './figures/memory.ts';
import { portalPages } from './figures/portal.ts';
import { poolRoot } from './figures/pool-root.ts';
import { rules } from './figures/rules.ts';
import { scanning } from './figures/scan.ts';
import { selection } from './figures/selection.ts';
import { sweeping } from './figures/sweep.ts';
import { verification } from './figures/verification.ts';
import type { Figure } from './measure.ts';
import { tableOf } from './table.ts';

/**
 * `npm run bench [-- --only NAME --write]`: what the product costs, each figure beside a bare baseline of the same run, since the
 * milliseconds of one machine say nothing on another. A missed target is told and fails nothing; what can't be measured does.
 * `--write` keeps the figures of `cost` in docs/cost.json, from which docs/cost.md is made.
 */
const FIGURES = new Map<string, (write: boolean) => Promise<Figure[]>>([
  ['selection', selection],
  ['pool-root', poolRoot],
  ['memory', memory],
  ['draw', draw],
  ['intake', intake],
  ['burst', burst],
  ['import', importing],
  ['rules', rules],
  ['scan', scanning],
  ['sweep', sweeping],
  ['functions', functions],
  ['console', consolePages],
  ['portal', portalPages],
  ['matching', matching],
  ['verification', verification],
  ['cost', costs],
]);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const asked = askedFor(args);
  if (asked === undefined) {
    process.stderr.write(`Usage: npm run bench [-- --only ${[...FIGURES.keys()].join('|')} --write]\n`);
    return 2;
  }
  try {
    await bundleFunctions();
    const figures: Figure[] = [];
    for (const [name, measure] of asked.chosen) {
      process.stderr.write(`measuring ${name} …\n`);
      figures.push(...(await measure(asked.write)));
    }
    process.stdout.write(tableOf(figures));
    process.stderr.write(`measured in ${(performance.now() / 1000).toFixed(0)} s\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`could not measure: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Asked {
  readonly chosen: readonly [string, (write: boolean) => Promise<Figure[]>][];
  readonly write: boolean;
}

function askedFor(args: readonly string[]): Asked | undefined {
  try {
    const { only, write } = parseArgs({
      args: [...args],
      options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
    }).values;
    const chosen = [...FIGURES].filter(([name]) => only === undefined || name === only);
    return chosen.length === 0 ? undefined : { chosen, write };
  } catch {
    return undefined;
  }
}
