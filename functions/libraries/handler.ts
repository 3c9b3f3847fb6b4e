import { httpFunction } from '#lambda/http.ts';
import { everybody } from '#store/people.ts';
import { StoredLibrary } from '#store/libraries.ts';
import { mustLoad } from '#store/records.ts';
import { json } from '#web/answer.ts';
import { administrator, libraryOf, store } from './asking.ts';
import { exportLibrary } from './export.ts';
import { importFile } from './import.ts';
import { showSetup } from './setup.ts';
import { announceUpload, showImport } from './uploads.ts';

/** The libraries as files: what comes in (article 7(2)), and what goes out. */
export const handler = httpFunction('libraries', {
  'POST /libraries/{library}/imports': importFile,
  'POST /libraries/{library}/uploads': announceUpload,
  'GET /libraries/{library}/imports/{id}': showImport,
  'GET /libraries/{library}/export': exportLibrary,
  'GET /people': async (request) => {
    await administrator(request);
    return json(200, { people: await everybody(store()) });
  },
  'GET /setup': showSetup,
  'GET /libraries/{library}': async (request) => {
    await administrator(request);
    const { id, rows, importedAt, contentHash } = await mustLoad(
      store(),
      StoredLibrary,
      'LIBRARY',
      libraryOf(request),
    );
    return json(200, { library: id, lastImport: { rows, importedAt, contentHash } });
  },
});
