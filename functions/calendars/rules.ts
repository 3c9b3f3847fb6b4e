import { sha256 } from '#sha256';
import { newEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import {
  DeadlineRulesDraft,
  defaultTable,
  nextRules,
  rulesVersionOn,
  tableOf,
} from '#domain/deadline/rules.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { adoptedRules, RULES_ID, savedRules, type AdoptedRules } from '#store/deadline-rules.ts';
import { requireRole } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { reference, staff, store } from './asking.ts';

/**
 * Adopts the next version of the deadline rules, for deadlines that start on its day or later (article 17); those that run
 * keep the version that they were started by. The same rules again change nothing.
 * @throws Refusal `body-invalid` for what article 14 does not allow, or a day that is past
 */
export async function adoptRules(request: HttpRequest): Promise<Answer> {
  const person = await staff(request);
  requireRole(person, ['administrator', 'lead-section']);
  const draft = jsonBody(request, DeadlineRulesDraft);
  const known = await adoptedRules(store());
  const next = nextRules(known, draft);
  const contentHash = sha256(canonicalJson({ effectiveFrom: next.effectiveFrom, rules: next.rules }));
  const newest = known.at(-1);
  if (newest?.contentHash === contentHash) return json(200, newest);
  refusePast(next.effectiveFrom, newest?.effectiveFrom, dateInShanghai(request.at));
  const adopted: AdoptedRules = { ...next, contentHash, adoptedAt: request.at, by: person.staffNo };
  await commit(store(), {
    at: request.at,
    writes: [savedRules(known, adopted)],
    events: [
      newEvent('deadline-rules.adopted', {
        time: request.at,
        about: { kind: 'deadline-rules', id: RULES_ID, version: next.version },
        correlation: RULES_ID,
        causation: contentHash,
        actor: { kind: 'person', id: person.staffNo },
        data: {
          rulesVersion: next.version,
          effectiveFrom: next.effectiveFrom,
          rules: next.rules,
          contentHash,
        },
      }),
    ],
  });
  return json(201, adopted);
}

/** A deadline that was started must not find its rules changed behind it, and the newest version is the one in force from its day on. */
function refusePast(from: CalendarDate, before: CalendarDate | undefined, today: CalendarDate): void {
  const earliest = before !== undefined && before > today ? before : today;
  if (from >= earliest) return;
  throw new Refusal(
    'body-invalid',
    '生效日期不成立，见 errors The effective day does not hold; see errors.',
    [{ pointer: '/effectiveFrom', detail: `不得早于 ${earliest} not before ${earliest}` }],
  );
}

/** The rules in force today, every version that was adopted, and the defaults that hold where none was. */
export async function listRules(request: HttpRequest): Promise<Answer> {
  await staff(request);
  const versions = await adoptedRules(store());
  const counting = { ...reference(), deadlineRules: versions };
  const version = rulesVersionOn(counting, dateInShanghai(request.at));
  return json(200, {
    inForce: { version, rules: tableOf(counting, version) },
    versions,
    defaults: defaultTable,
  });
}
