import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { operations } from '#contracts/api/operations.ts';
import { accessPatternsPage } from './access-patterns.ts';
import { costPage } from './cost.ts';
import { deadlinesPage } from './deadlines.ts';
import { eventsPage } from './events.ts';
import { libraryFilesPage } from './library-files.ts';
import { lifecyclesPage } from './lifecycles.ts';
import { nationalExportPage } from './national-export.ts';
import { openApiDocument } from './openapi/document.ts';
import { eventDocument } from './openapi/events.ts';
import { namedSchemas } from './openapi/names.ts';
import { problemsPage } from './problems.ts';
import { regulationPage } from './regulation.ts';
import { routesPage } from './routes.ts';

const named = await namedSchemas();
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** The reference pages by their file's name, each made from what the product itself runs by, or from what the bench measured of it. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['events.md', eventsPage()],
    ['routes.md', routesPage()],
    ['files.md', libraryFilesPage()],
    ['problems.md', problemsPage()],
    ['access-patterns.md', accessPatternsPage()],
    ['deadlines.md', deadlinesPage()],
    ['lifecycles.md', lifecyclesPage()],
    ['national-export.md', nationalExportPage()],
    ['cost.md', costPage()],
    ['regulation.md', regulationPage()],
    ['openapi.json', jsonText(openApiDocument({ version, operations, named }))],
    ['events.json', jsonText(eventDocument(named))],
  ]);
}

/** One line for each member, so that a change of one shows as a change of one. */
function jsonText(document: unknown): string {
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

/** The names of the pages in a folder that are missing or no longer say what the product does. */
export async function stalePages(folder: URL): Promise<string[]> {
  const stale = await Promise.all(
    Array.from(pages(), async ([name, text]) =>
      (await textOf(new URL(name, folder))) === text ? [] : [name],
    ),
  );
  return stale.flat();
}

async function textOf(file: URL): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
