import { FigureQuery } from '#contracts/api/agenda.ts';
import { classesByMonth } from '#domain/figures/classes.ts';
import { FigureName, type Figure } from '#domain/figures/figures.ts';
import { cohortShares, stratumShares, unitLoads } from '#domain/figures/shares.ts';
import { rowsOf } from '#domain/figures/table.ts';
import { WATCHING } from '#domain/person/person.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { cellsOf } from '#store/cells.ts';
import { classesCounted } from '#store/classes.ts';
import {
  newestDraws,
  resultsCounted,
  sendingsCounted,
  triggersCounted,
  warningsCounted,
} from '#store/figures.ts';
import { requireRole } from '#store/people.ts';
import { knownTerritories } from '#store/territories.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, queryOf, type HttpRequest } from '#web/request.ts';
import { person, store } from './asking.ts';
import { csvFile, monthsAsked, monthsOf, type Months } from './counted.ts';

/** Draws whose shares are shown. */
const DRAWS_SHOWN = 20;

interface Asked {
  readonly months: Months;
  /** `YYYY-MM` by the calendar of Shanghai. */
  readonly thisMonth: string;
  readonly territory: string | undefined;
}

/**
 * The data of a picture, for those who watch everything: as JSON, or as CSV by `.csv`, `format` or `Accept`. At most three
 * requests to the store, whatever was counted.
 * @throws Refusal `not-found` for a figure that there is not, `query-invalid`
 */
export async function picture(request: HttpRequest): Promise<Answer> {
  requireRole(await person(request), WATCHING);
  const { name, csv } = asked(request);
  const query = queryOf(request, FigureQuery);
  const months = monthsAsked(request, query);
  const thisMonth = dateInShanghai(request.at).slice(0, 7);
  const figure = await figureOf(name, { months, thisMonth, territory: query.territory });
  const format = query.format ?? (csv || acceptsCsv(request) ? 'csv' : 'json');
  return format === 'csv' ? csvOf(figure) : json(200, figure);
}

function asked(request: HttpRequest): { readonly name: FigureName; readonly csv: boolean } {
  const address = param(request, 'name');
  const csv = address.endsWith('.csv');
  const name = FigureName.safeParse(csv ? address.slice(0, -'.csv'.length) : address);
  return name.success
    ? { name: name.data, csv }
    : refuse('not-found', `没有统计图 ${address} There is no figure ${address}.`);
}

function acceptsCsv({ headers }: HttpRequest): boolean {
  return headers['accept']?.split(';')[0] === 'text/csv';
}

async function figureOf(name: FigureName, of: Asked): Promise<Figure> {
  const { months } = of;
  const { from, to } = months;
  switch (name) {
    case 'triggers':
      return { figure: name, ...months, rows: await triggersCounted(store(), from, to) };
    case 'risk':
      return { figure: name, ...months, rows: await warningsCounted(store(), from, to) };
    case 'risk-classes': {
      // A month that has not begun has no end that could be told.
      const known = monthsOf(months).filter((month) => month <= of.thisMonth);
      return { figure: name, ...months, rows: classesByMonth(await classesCounted(store(), to), known) };
    }
    case 'results':
      return { figure: name, ...months, rows: await resultsCounted(store(), from, to) };
    case 'load':
      return { figure: name, ...months, rows: unitLoads(await sendingsCounted(store(), from, to)) };
    case 'draws':
      return { figure: name, rows: await sharesOfDraws() };
    case 'cohorts':
      return cohortsIn(of.territory);
  }
}

/** Of the newest draws those that have drawn: of the others nothing is known yet, or nothing came. */
async function sharesOfDraws() {
  return (await newestDraws(store(), DRAWS_SHOWN)).flatMap(({ committed, drawn, ...draw }) =>
    committed === undefined || drawn === undefined ? [] : stratumShares({ ...draw, committed }),
  );
}

async function cohortsIn(territory: string | undefined): Promise<Figure> {
  const territories = (await knownTerritories(store())).toSorted();
  const one = territory ?? territories[0];
  const rows = one === undefined ? [] : cohortShares(await cellsOf(store(), one));
  return { figure: 'cohorts', territories, ...(one === undefined ? {} : { territory: one }), rows };
}

async function csvOf(figure: Figure): Promise<Answer> {
  const { header, rows } = rowsOf(figure);
  return csvFile(`${figure.figure}.csv`, header, rows);
}
