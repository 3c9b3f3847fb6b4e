import { inclusionText } from '#domain/draw/inclusion.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { loadDraw, readProof } from '#store/draws.ts';
import { inclusionAt, placeInPool } from '#store/inclusion.ts';
import type { StateTable } from '#store/store.ts';
import type { Text } from './shown.ts';

/**
 * How the subject came to be checked, for each draw that sent the inspection out: the proof, and the subject's line in the pool
 * with its path. A subject that a report named stands in no pool, and its draw may have none.
 */
export async function drawFiles(state: StateTable, { draws, subject }: Inspection): Promise<readonly Text[]> {
  const files = await Promise.all(
    draws.map(async ({ id }): Promise<readonly Text[]> => {
      const draw = await loadDraw(state, id);
      const { committed, proof } = draw;
      const place = await placeInPool(state, draw, subject.id);
      return [
        ...(proof === undefined
          ? []
          : [{ name: `draws/${id}.proof.json`, text: await readProof(state, id, proof) }]),
        ...(committed === undefined || place === undefined
          ? []
          : [
              {
                name: `draws/${id}.${subject.id}.inclusion.json`,
                text: inclusionText(await inclusionAt(state, id, committed, place)),
              },
            ]),
      ];
    }),
  );
  return files.flat();
}
