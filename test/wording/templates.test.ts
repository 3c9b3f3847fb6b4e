import { describe, expect, it } from 'vitest';
import { templates } from '#wording/templates.ts';
import { root, sourcesIn } from '../support/sources.ts';

/** Every function that a file of wordings exports, by its name. */
async function wordings(): Promise<Map<string, unknown>> {
  const files = [...sourcesIn('shared'), ...sourcesIn('functions')].filter((file) =>
    /wording\.tsx?$/.test(file),
  );
  const modules: object[] = await Promise.all(files.map((file) => import(`${root}/${file}`)));
  return new Map(
    modules.flatMap((module) =>
      Object.entries(module).filter(([, exported]) => typeof exported === 'function'),
    ),
  );
}

describe('the templates', () => {
  it('have a sample of every wording that there is', async () => {
    const found = await wordings();
    const sampled = new Set<unknown>(templates.map(({ by }) => by));
    expect(found.size).toBeGreaterThan(20);
    expect([...found].filter(([, wording]) => !sampled.has(wording)).map(([name]) => name)).toEqual([]);
  });

  it.each(
    templates.flatMap(({ name, by, samples }) => samples.map((wording) => [name, by.name, wording] as const)),
  )('%s by %s says something in each language, and nothing undefined', (_, __, { zh, en }) => {
    for (const text of [zh.subject, zh.text]) expect(text).toMatch(/\p{Script=Han}/u);
    for (const { subject, text } of [zh, en]) {
      expect(`${subject} ${text}`).not.toMatch(/undefined|null|\[object/);
      expect(subject.length).toBeGreaterThan(3);
      expect(subject).not.toContain('\n');
      expect(text.length).toBeGreaterThan(3);
    }
    expect(en.subject).toMatch(/^[A-Z0-9]/);
  });

  it('tell at once of what somebody has to do today, and of a statutory deadline that passed alone', () => {
    const immediate = templates.filter(({ samples }) => samples.some((one) => one.urgency === 'immediate'));
    expect([...new Set(immediate.map(({ by }) => by.name))]).toEqual([
      'assigned',
      'joined',
      'recused',
      'cameInstead',
      'madeRoom',
      'replaced',
      'assignedDirectly',
      'movedOn',
      'seatTaken',
      'ownUnit',
      'reminded',
      'beaconUnavailable',
      'fellBack',
      'awaited',
      'entered',
      'unstaffed',
      'ownShare',
      'handoverRaised',
      'handoverSent',
      'handoverReturned',
    ]);
    const reminders = templates.find(({ name }) => name === 'deadline.reminded')?.samples ?? [];
    expect(reminders.map(({ urgency }) => urgency)).toEqual(['digest', 'digest', 'immediate']);
  });
});
