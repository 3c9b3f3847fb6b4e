import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { inspectionsOperations } from '#contracts/api/inspections.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { commit } from '#store/commit.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, MONDAY, sampleInspector } from '../support/samples.ts';

const [UNIT, OTHER] = ['商贸大队', '市容大队'];
const staffNos = Array.from({ length: 60 }, (_, place) => `SM-${String(place).padStart(3, '0')}`);
const none = { open: { all: 0, assigned: 0, accepted: 0, begun: 0, ended: 0, recorded: 0 }, givenInYear: 0 };

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

/** A visit of the two of the unit, assigned on that day. */
const visit = (id: string, team: readonly string[], assignedAt: string): Inspection => ({
  ...assignedInspection,
  id,
  assignedAt: at(assignedAt),
  items: assignedInspection.items.map((item) => ({ ...item, unit: UNIT })),
  team: team.map((inspector) => ({ inspector, name: inspector, unit: UNIT, certificate: '1' })),
});

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: '' });
  call = await handlerOf('inspections');
  const staff = (
    [
      ['LEAD', 'lead-section', '牵头科室'],
      ['HEAD', 'unit', UNIT],
      ['OTHER', 'unit', OTHER],
      ['ADMIN', 'administrator', '信息中心'],
      ['SUPERVISOR', 'supervisor', '督查室'],
      ['SM-000', 'inspector', UNIT],
    ] satisfies [string, PersonRole, string][]
  ).map(([staffNo, role, unit]) => Person.parse({ staffNo, name: staffNo, role, unit }));
  await putPages(state, [
    ...libraryItems('people', staff),
    ...libraryItems('inspectors', [
      ...staffNos.map((staffNo) => ({ ...sampleInspector(staffNo, UNIT), phone: '13800000000' })),
      sampleInspector('SR-001', OTHER),
    ]),
  ]);
  for (const [place, staffNo] of staffNos.entries()) {
    const next = staffNos[(place + 1) % staffNos.length] ?? '';
    const made = visit(`I-${place}`, [staffNo, next], '2026-02-20T02:00:00.000Z');
    await commit(state, { at: MONDAY, writes: createdInspection(made), events: [] });
  }
});

/** The answer, and how many requests to the store it took. */
async function ask(route: string, person: string, more: { query?: string; params?: Record<string, string> }) {
  const sent = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
  const { statusCode: status, body } = answerOf(await call(gatewayEvent({ route, person, ...more })));
  const requests = sent.mock.calls.length;
  sent.mockRestore();
  const told: unknown = JSON.parse(body);
  return { status, requests, told };
}
const directory = async (person: string, more: Record<string, string> = {}) => {
  const { requests, told } = await ask('GET /inspectors', person, {
    query: new URLSearchParams({ unit: UNIT, ...more }).toString(),
  });
  return { requests, ...inspectionsOperations['GET /inspectors'].answers[200].parse(told) };
};
const one = async (person: string, staffNo: string) =>
  ask('GET /inspectors/{staffNo}', person, { params: { staffNo } });
const shown = ({ told }: { told: unknown }) =>
  inspectionsOperations['GET /inspectors/{staffNo}'].answers[200].parse(told).inspector;

describe('the directory of a unit of sixty', () => {
  it('takes three requests to the store with the load of each, and one more where the unit is not named', async () => {
    const { requests, inspectors } = await directory('HEAD');
    expect([requests, inspectors.length]).toEqual([3, 60]);
    expect((await ask('GET /inspectors', 'HEAD', {})).requests).toBe(4);
    expect(inspectors.every(({ load }) => load?.open.assigned === 2 && load.givenInYear === 2)).toBe(true);
  });

  it('takes two and tells no load where it is asked for without', async () => {
    const { requests, inspectors } = await directory('LEAD', { load: 'false' });
    expect([requests, inspectors.length]).toEqual([2, 60]);
    expect(inspectors.some((inspector) => 'load' in inspector)).toBe(false);
    const wrong = await ask('GET /inspectors', 'LEAD', { query: 'load=no' });
    expect([wrong.status, ProblemDocument.parse(wrong.told).errors?.[0]?.pointer]).toEqual([400, '/load']);
  });

  it('takes one more while somebody has a visit that was assigned over a year ago, and counts it', async () => {
    const old = visit('I-old', ['SM-000', 'SM-001'], '2024-11-05T02:00:00.000Z');
    await commit(state, { at: MONDAY, writes: createdInspection(old), events: [] });
    const { requests, inspectors } = await directory('HEAD');
    expect(requests).toBe(4);
    expect(inspectors.find(({ staffNo }) => staffNo === 'SM-000')?.load).toEqual({
      open: { all: 3, assigned: 3, accepted: 0, begun: 0, ended: 0, recorded: 0 },
      givenInYear: 2,
    });
  });
});

describe('one inspector', () => {
  it('is read in four requests to the store, and is whom the directory shows', async () => {
    const answer = await one('HEAD', 'SM-000');
    expect([answer.status, answer.requests]).toEqual([200, 4]);
    const { inspectors } = await directory('HEAD');
    const { trainings, ...listed } = shown(answer);
    expect(trainings).toEqual([]);
    expect(listed).toEqual(inspectors.find(({ staffNo }) => staffNo === 'SM-000'));
  });

  it('is shown to those who read the directory, the phone to those who keep it', async () => {
    expect(shown(await one('ADMIN', 'SM-002')).phone).toBe('13800000000');
    expect(shown(await one('LEAD', 'SM-002')).phone).toBe(undefined);
    expect(shown(await one('LEAD', 'SR-001')).load).toEqual(none);
    for (const person of ['SUPERVISOR', 'SM-000']) {
      const { status, told } = await one(person, 'SM-000');
      expect([status, ProblemDocument.parse(told).type]).toEqual([
        403,
        'urn:mingchou:problem:role-forbidden',
      ]);
    }
  });

  it('of another unit is for a unit the same as none', async () => {
    const [other, absent] = [await one('OTHER', 'SM-000'), await one('OTHER', 'SM-999')];
    expect([other.status, absent.status]).toEqual([404, 404]);
    expect([ProblemDocument.parse(other.told).detail, ProblemDocument.parse(absent.told).detail]).toEqual([
      '没有找到 inspector SM-000 was not found.',
      '没有找到 inspector SM-999 was not found.',
    ]);
    expect((await one('OTHER', 'SR-001')).status).toBe(200);
  });
});
