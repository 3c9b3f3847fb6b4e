import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { verifyInclusion } from '#domain/draw/inclusion.ts';
import { publicationHash, Publication } from '#domain/inspection/publication.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import {
  actingOf,
  begun,
  enterOrder,
  followUpsIn,
  handOver,
  keepPhoto,
  PHOTO,
  publishFound,
  putRight,
  receiptFor,
} from '../support/archive-journey.ts';
import { inspectionOf, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  addSecondUnit,
  SECOND_HEAD,
  SECOND_UNIT,
  toldTo,
  withSecondUnit,
} from '../support/staffing-journey.ts';
import {
  noting,
  assemblyWith,
  LEAD_SECTION,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  WEEKLY,
  type World,
} from '../support/world.ts';

const Check = z.object({
  complete: z.boolean(),
  missing: z.array(z.object({ part: z.string(), detail: z.string() })),
});
const Archived = z.object({
  number: z.string(),
  archiveBy: z.string(),
  package: z.object({ status: z.string(), sha256: z.string().optional() }),
  files: z.array(z.object({ name: z.string(), size: z.int(), sha256: z.string() })).optional(),
});
const Package = z.object({ name: z.string(), bytes: z.int(), sha256: z.string(), url: z.string() });
const Problem = z.object({ type: z.string(), errors: z.array(z.object({ pointer: z.string() })).optional() });

/** On 1 September 2026, a Tuesday, something is found, and a clue of something else. */
describe('articles 11, 13, 15: what follows from an inspection until its file is closed', () => {
  let assembly: string;
  let world: World;
  let visit: InspectionView;
  let handover: string;
  let photo: string;
  const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-package-'));
  const calls: InterceptedCall[] = [];
  const archivePath = () => `/inspections/${visit.id}/archive`;
  const statusNow = async () => (await inspectionOf(world, visit.id)).status;

  beforeAll(async () => {
    assembly = await assemblyWith(WEEKLY);
    world = await startWorld({
      assembly,
      restaurants: 4,
      runner: {
        ...withSecondUnit,
        intercept: noting(calls),
      },
    });
    await addSecondUnit(world);
    visit = await begun(world);
    photo = await keepPhoto(world, visit);
  }, 180_000);
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true });
  });

  test('a clue is handed over before anything is recorded, and the unit that receives it is told', async () => {
    handover = await handOver(world, visit, { kind: 'unit', unit: SECOND_UNIT });
    expect(await toldTo(world, SECOND_HEAD)).toContainEqual(expect.stringContaining('收到移送线索'));
    await publishFound(world, visit, [photo]);
    expect(await statusNow()).toBe('published');
    expect(await toldTo(world, UNIT_HEAD)).toContainEqual(expect.stringContaining('责令改正'));
  }, 120_000);

  test('the public page says the result, and nothing of what follows', async () => {
    const { text } = await world.anyone(`/public/inspections/${visit.id}`, { accept: 'text/html' });
    expect(text).toContain('发现问题待后续处理');
    expect(text).not.toMatch(/责令改正|无标识油桶|成品油/);
  });

  test('the last of it closes the inspection; what is missing in the file is said all at once', async () => {
    await putRight(world, visit);
    expect(await statusNow()).toBe('published');
    const early = await world.as(UNIT_HEAD).post(archivePath());
    expect([early.status, Problem.parse(early.body).type]).toEqual([409, 'urn:mingchou:problem:wrong-state']);
    expect(Check.parse((await world.as(UNIT_HEAD).get(archivePath())).body)).toMatchObject({
      complete: false,
      missing: [{ part: 'follow-ups' }, { part: 'handovers' }, { part: 'handovers' }],
    });
    await receiptFor(world, handover, SECOND_HEAD);
    expect(await statusNow()).toBe('closed');
    const lacking = await world.as(UNIT_HEAD).post(archivePath());
    expect([lacking.status, Problem.parse(lacking.body)]).toMatchObject([
      409,
      { type: 'urn:mingchou:problem:archive-incomplete', errors: [{ pointer: '/follow-ups' }] },
    ]);
  }, 120_000);

  test('it is archived once nothing is missing, under the next number of the unit, and nothing in it changes any more', async () => {
    for (const { id } of await followUpsIn(world, visit)) await enterOrder(world, id, '责改〔2026〕1号');
    expect((await world.as(LEAD_SECTION).post(archivePath())).status).toBe(403);
    const { status, body } = await world.as(actingOf(visit)).post(archivePath());
    expect([status, Archived.parse(body)]).toMatchObject([
      201,
      { number: '商贸流通监管中队-SSJ·2026-0001', archiveBy: '2026-10-19', package: { status: 'building' } },
    ]);
    await world.runner.settle();
    expect(await statusNow()).toBe('archived');
    const [followUp] = await followUpsIn(world, visit);
    const late = await world
      .as(UNIT_HEAD)
      .post(`/follow-ups/${followUp?.id}/evidence`, { reference: '晚到' });
    expect(late.status).toBe(409);
  }, 120_000);

  test('the package has every file with its hash, and opens without this software', async () => {
    const { body } = await world.as(SUPERVISOR).get(`${archivePath()}/package`);
    const { url, sha256, bytes } = Package.parse(body);
    const zip = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect([zip.length, createHash('sha256').update(zip).digest('hex')]).toEqual([bytes, sha256]);
    const files = unzipSync(zip);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    const [draw] = visit.draws;
    const expected = [
      'VERIFY.txt',
      'audit/events.json',
      `draws/${draw?.id}.${visit.subject.id}.inclusion.json`,
      `draws/${draw?.id}.proof.json`,
      `evidence/${photo}.jpg`,
      `follow-ups/${(await followUpsIn(world, visit))[0]?.id}.json`,
      `handovers/${handover}.json`,
      'index.html',
      'inspection/inspection.json',
      'inspection/notice.html',
      'inspection/notice.json',
      'inspection/records.json',
      'inspection/registration-form.html',
      'inspection/registration-form.json',
      'publications/version-001.json',
    ];
    expect(checked.trim().split('\n')).toEqual(expected.map((name) => `${name}: OK`));
    const listed = Archived.parse((await world.as(UNIT_HEAD).get(archivePath())).body);
    expect(listed.package).toMatchObject({ status: 'ready', sha256 });
    expect(listed.files?.map(({ name }) => name)).toEqual(['SHA256SUMS', ...expected]);
    expect(readFileSync(path.join(folder, 'evidence', `${photo}.jpg`))).toEqual(PHOTO);
  });

  test('what is in it can be checked: the published version, the draw’s line, the ledger’s entries', () => {
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const version = read('publications/version-001.json');
    const stated = publicationHash(Publication.parse(JSON.parse(version)));
    expect(createHash('sha256').update(version).digest('hex')).toBe(stated);
    const Steps = z.array(
      z.object({
        event: z.looseObject({ type: z.string(), data: z.looseObject({}) }),
        entry: z.object({ seq: z.int(), eventHash: z.string() }),
      }),
    );
    const steps = Steps.parse(JSON.parse(read('audit/events.json')));
    expect(steps.find(({ event }) => event.type === 'inspection.published')?.event.data).toMatchObject({
      publicationHash: stated,
    });
    expect(steps.map(({ entry }) => entry.seq)).toEqual(
      steps.map(({ entry }) => entry.seq).toSorted((a, b) => a - b),
    );
    const types = new Set(steps.map(({ event }) => event.type));
    for (const type of ['draw.committed', 'handover.raised', 'follow-up.closed', 'inspection.closed']) {
      expect(types).toContain(type);
    }
    const { id } = visit.draws[0] ?? { id: 'none' };
    const report = verifyInclusion(
      read(`draws/${id}.proof.json`),
      read(`draws/${id}.${visit.subject.id}.inclusion.json`),
    );
    expect([report.verified, report.standing?.listed]).toEqual([true, true]);
    expect(read('index.html')).toContain('商贸流通监管中队-SSJ·2026-0001');
    expect(read('index.html')).not.toMatch(/<script|src=|https?:\/\//);
  });

  test('no function made a call that its role denies, and nothing was left undelivered', () => {
    const own = calls.filter((call) =>
      /(followups|closing|archive|packaging|notify|inspections)Function/.test(call.function),
    );
    expect(own.some((call) => /packagingFunction/.test(call.function))).toBe(true);
    expect(own.some((call) => /followupsFunction/.test(call.function))).toBe(true);
    expect(deniedCalls(assembly, own, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
