import { busFunction } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openObjects } from '#store/objects.ts';
import { openState } from '#store/store.ts';
import { goOn } from './go-on.ts';
import { readFile } from './read-file.ts';

const environment = once(() => environmentOf('imports'));
const store = once(() => openState(environment().STATE_TABLE));
const objects = once(() => openObjects(environment().FILES_BUCKET));

/** The import of an uploaded file, step by step: the file is read into parts, and part after part is written. */
export const handler = busFunction('imports', {
  'library.import-started': (event) =>
    readFile({ store: store(), objects: objects(), rows: environment().IMPORT_ROWS }, event),
  'library.import-continued': (event) =>
    goOn({ store: store(), objects: objects(), rows: environment().IMPORT_ROWS }, event),
});
