import { DEFAULT_PREFERENCES, Preferences, type PreferencesBody } from '#domain/delivery/preferences.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { saved } from './records.ts';
import { load, type StateTable } from './store.ts';

export function loadPreferences(store: StateTable, staffNo: string): Promise<Preferences | undefined> {
  return load(store, Preferences, stateKey('PREFERENCES', staffNo));
}

/** How a person wants to be told: what they chose, or what holds for whoever has chosen nothing. */
export async function preferencesOf(store: StateTable, staffNo: string): Promise<PreferencesBody> {
  return (await loadPreferences(store, staffNo)) ?? DEFAULT_PREFERENCES;
}

/** Stores preferences in their first version or a later one. */
export function savedPreferences(preferences: Preferences): StateWrite {
  return saved('PREFERENCES', preferences);
}
