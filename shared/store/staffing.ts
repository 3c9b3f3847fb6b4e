import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { ChosenTeams } from './draws.ts';
import { chosenPartition, stateKey, teamsPartition } from './keys.ts';
import { created, updated } from './records.ts';
import { load, type StateTable } from './store.ts';

/** What the units of a draw chose (直接选派, article 7(4)): each its own teams with the reason, and in the end all of them together. */
export const DirectStaffing = z.object({
  /** The draw's id. */
  id: z.string(),
  version: z.int().positive(),
  units: z.array(
    z.object({ unit: z.string(), by: z.string(), at: Instant, reason: z.string(), teams: ChosenTeams }),
  ),
  /** The teams of all units, object by object; there once the last unit has chosen. */
  teams: ChosenTeams.optional(),
});
export type DirectStaffing = z.infer<typeof DirectStaffing>;

export function loadDirectStaffing(store: StateTable, draw: string): Promise<DirectStaffing | undefined> {
  return load(store, DirectStaffing, stateKey('STAFFING', draw));
}

export function savedDirectStaffing(staffing: DirectStaffing): StateWrite {
  return staffing.version === 1 ? created('STAFFING', staffing) : updated('STAFFING', staffing);
}

/** Where the teams of a matched draw stand: those that were chosen, or else those that were drawn. */
export async function teamsPlace(store: StateTable, draw: string): Promise<string> {
  const chosen = (await loadDirectStaffing(store, draw))?.teams;
  return chosen === undefined ? teamsPartition(draw) : chosenPartition(draw, chosen.hash);
}
