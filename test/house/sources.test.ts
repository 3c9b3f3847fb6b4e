import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, root, sourcesIn, textOf } from '../support/sources.ts';

const product = [...sourcesIn('shared'), ...sourcesIn('functions')];
const filesWith = (pattern: RegExp) => product.filter((file) => pattern.test(codeOf(file)));

describe('the sources of the product', () => {
  it('are looked at', () => {
    expect(product.length).toBeGreaterThan(80);
  });

  it('read the environment in one file', () => {
    expect(filesWith(/process\.env|process\[|import\.meta\.env/)).toEqual(['shared/lambda/environment.ts']);
  });

  it('write transactions in one file', () => {
    expect(filesWith(/\bnew TransactWrite\w*Command\b|\.transactWrite\w*\(/)).toEqual([
      'shared/store/transaction.ts',
    ]);
  });

  it('write single items nowhere, and batches in one file: what is not a commit is a page', () => {
    expect(filesWith(/\bnew (Put|Update|Delete)(Item)?Command\b/)).toEqual([]);
    expect(filesWith(/\bnew BatchWrite\w*Command\b/)).toEqual(['shared/store/pages.ts']);
  });

  it('scan no table', () => {
    expect(filesWith(/\bScanCommand\b|\bpaginateScan\b/)).toEqual([]);
  });

  it('put events on the bus in the relay only', () => {
    expect(filesWith(/PutEvents/)).toEqual(['functions/relay/handler.ts']);
  });

  it('never ask the machine what time it is; how long the work of a scan took decides nothing', () => {
    expect(filesWith(/new Date\(\s*\)|\bDate\.now\b|\bDate\(\)|process\.hrtime|Temporal\.Now/)).toEqual([]);
    expect(filesWith(/performance\.now/)).toEqual(['shared/store/metering.ts']);
  });

  it('throw dice only for a sealed secret, the secret of a source, of a calendar link and of sessions, and to number a form; a pause’s jitter decides nothing', () => {
    expect(filesWith(/Math\.random|randomBytes|randomUUID|getRandomValues|randomInt/)).toEqual([
      'shared/store/sessions.ts',
      'shared/store/transaction.ts',
      'functions/administration/sources.ts',
      'functions/agenda/calendar.ts',
      'functions/console/kit/action-form.tsx',
      'functions/draw/seal.ts',
    ]);
  });

  it('import nothing while they run, where lint does not look', () => {
    expect(filesWith(/\bimport\(|\brequire\(/)).toEqual([]);
  });

  it('export nothing as default', () => {
    expect(filesWith(/export default|export \{[^}]*\bas default\b/)).toEqual([]);
  });

  it('silence no rule of lint or types, but one import of a CommonJS package', () => {
    const silenced = product.filter((file) =>
      /oxlint-disable|eslint-disable|@ts-(ignore|expect-error|nocheck)/.test(textOf(file)),
    );
    expect(silenced).toEqual(['shared/reference/working-days.ts']);
  });
});

describe('the folders', () => {
  it('of shared/ are rooms: no file stands at its root', () => {
    const loose = readdirSync(path.join(root, 'shared'), { withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    );
    expect(loose.map((entry) => entry.name)).toEqual([]);
  });

  it('have names that say what is in them', () => {
    const drawers = ['shared', 'functions', 'infra', 'test']
      .flatMap((folder) => sourcesIn(folder))
      .filter((file) =>
        file
          .split('/')
          .slice(0, -1)
          .some((name) => /^(utils?|helpers?|common|services?|misc|lib)$/.test(name)),
      );
    expect(drawers).toEqual([]);
  });

  it('of functions/ each hold a handler', () => {
    const folders = new Set(sourcesIn('functions').map((file) => file.split('/')[1]));
    const handlers = sourcesIn('functions').filter((file) => /^functions\/[^/]+\/handler\.tsx?$/.test(file));
    expect(handlers.map((file) => file.split('/')[1])).toEqual([...folders]);
  });
});
