import { LibraryName } from '#domain/library/library.ts';
import { SetupQuery, type SetupAnswer } from '#contracts/api/libraries.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { once } from '#lambda/environment.ts';
import { requireRole } from '#store/people.ts';
import { setupOf } from '#store/setup.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { environment, HANDLING, store } from './asking.ts';

const reference = once(stateCouncilCalendar);

/** How far the installation is set up: what each library holds, the units, and what there is to draw by. */
export async function showSetup(request: HttpRequest): Promise<Answer> {
  const { units: of } = queryOf(request, SetupQuery);
  const { staff, libraries, units, calendarThrough, hasPolicy, hasDraw } = await setupOf(
    store(),
    request.person,
    {
      administrators: environment().ADMINISTRATORS,
      reference: reference(),
      year: Number(dateInShanghai(request.at).slice(0, 4)),
      withUnits: of !== 'false',
    },
  );
  requireRole(staff, HANDLING);
  const answer: SetupAnswer = {
    libraries: LibraryName.options.map((library) => {
      const known = libraries.find(({ id }) => id === library);
      return known === undefined
        ? { library }
        : {
            library,
            lastImport: {
              rows: known.rows,
              importedAt: known.importedAt,
              contentHash: known.contentHash,
            },
          };
    }),
    units: [...units],
    calendarThrough,
    hasPolicy,
    hasDraw,
  };
  return json(200, answer);
}
