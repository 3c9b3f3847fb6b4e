import { differences } from '#domain/difference/difference.ts';
import { onTeam } from '#domain/inspection/readers.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { recordToStand } from '#domain/inspection/recording.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import { jsonBody } from '#web/request.ts';
import type { Asking } from './commands.ts';

/** The refusal of a command whose sender looked at another version; undefined when there is nothing to refuse. */
export type VersionCheck = (asking: Asking) => Refusal | undefined;

/** If-Match (RFC 9110) with the version that was read: the second of two people who edit one record is told. */
export function otherVersion({ request, inspection: { version } }: Asking): Refusal | undefined {
  const expected = request.headers['if-match'];
  return expected === undefined || expected === `"${version}"` ? undefined : conflict(version, expected, []);
}

/**
 * The same of a record, with everything at which the two differ. Entering one in place of another takes If-Match: without it the
 * sender has not said that they saw what stands there.
 */
export function otherRecord(asking: Asking): Refusal | undefined {
  const { staff, request, inspection } = asking;
  const { version, status, record } = inspection;
  const expected = request.headers['if-match'];
  if (status !== 'recorded' || record === undefined || expected === `"${version}"`) {
    return otherVersion(asking);
  }
  // Who is not on the team is told that, and not what the record says.
  if (!onTeam(staff, inspection)) {
    return undefined;
  }
  const yours = recordToStand(inspection, { record: jsonBody(request, InspectionRecord), at: request.at });
  const fields = differences(yours, record).map((one) => ({ ...one, detail: DIFFERS }));
  return conflict(version, expected ?? '（无 none）', fields);
}

const DIFFERS = '您填写的与已保存的不同 what you entered differs from what is stored';

function conflict(version: number, expected: string, fields: readonly FieldError[]): Refusal {
  return new Refusal(
    'version-conflict',
    `当前版本为 "${version}"，而非 ${expected}，请重新读取，核对 errors 所列差异后再提交 The current version is "${version}", not ${expected}; read it again, compare what errors names, and send it with that version.`,
    fields,
  );
}
