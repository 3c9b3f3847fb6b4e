import * as z from 'zod';
import type { InspectionCommandKind } from '#domain/inspection/inspection.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction, type RouteHandler } from '#lambda/http.ts';
import { answeredBefore, settled } from '#store/commit.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffOf } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { idempotencyOf, sameRequest } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { carryOut } from './carry-out.ts';
import { mayRead, viewOf } from './view.ts';

const environment = once(() => environmentOf('inspections'));
const store = once(() => openState(environment().STATE_TABLE));

export const handler = httpFunction('inspections', {
  'GET /inspections/{id}': read,
  'POST /inspections/{id}/accept': command('accept'),
  'POST /inspections/{id}/begin': command('begin'),
  'POST /inspections/{id}/end': command('end'),
  'POST /inspections/{id}/record': command('record'),
  'POST /inspections/{id}/publish': command('publish'),
});

async function read(request: HttpRequest): Promise<Answer> {
  const { inspection } = await visible(request);
  return json(200, viewOf(inspection), { etag: `"${inspection.version}"` });
}

/** The inspection, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
async function visible(request: HttpRequest) {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  const id = param(request, 'id');
  const inspection = await loadInspection(store(), id);
  if (!mayRead(staff, inspection)) {
    refuse('not-found', `没有找到 inspection ${id} was not found.`);
  }
  return { staff, inspection };
}

/** `{}` or nothing: these commands say all they have to say by their address. */
const NoBody = z.strictObject({});

function command(kind: InspectionCommandKind): RouteHandler {
  return async (request, telemetry) => {
    return settled(async () => {
      // Who is asking comes first: a stranger is not told what a record would have to look like.
      const { staff, inspection } = await visible(request);
      const body = commandOf(kind, request);
      telemetry.correlate(inspection.correlation);
      const idempotency = idempotencyOf(request, staff.staffNo);
      const before = idempotency && (await answeredBefore(store(), 'inspections', idempotency.key));
      if (idempotency !== undefined && before !== undefined) {
        sameRequest(idempotency, before.fingerprint);
        return json(200, JSON.parse(before.answer ?? '{}'));
      }
      refuseOtherVersion(request, inspection.version);
      const answer = await carryOut(
        store(),
        inspection,
        { ...body, by: staff.staffNo },
        { idempotency, request },
      );
      return json(200, JSON.parse(answer));
    });
  };
}

function commandOf(kind: InspectionCommandKind, request: HttpRequest) {
  if (kind === 'record') {
    return { kind, at: request.at, record: jsonBody(request, InspectionRecord) };
  }
  if (request.body.byteLength > 0) {
    jsonBody(request, NoBody);
  }
  return { kind, at: request.at };
}

/** If-Match (RFC 9110) with the version that was read: the second of two people who edit one record is told. */
function refuseOtherVersion(request: HttpRequest, version: number): void {
  const expected = request.headers['if-match'];
  if (expected !== undefined && expected !== `"${version}"`) {
    refuse(
      'version-conflict',
      `当前版本为 "${version}"，而非 ${expected} The current version is "${version}", not ${expected}; read it again.`,
    );
  }
}
