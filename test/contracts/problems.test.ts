import { describe, expect, it } from 'vitest';
import { problems } from '#contracts/problems.ts';
import { routes } from '#contracts/routes.ts';
import { codeOf, reachableFrom, root, sourcesIn } from '../support/sources.ts';
import { existsSync } from 'node:fs';

const refusing = /(?:new Refusal|\brefuse|\brefusal|\bproblemOf)\(\s*'([a-z0-9-]+)'/g;

/**
 * Reasons in code that HTTP functions import, which no request can bring about: one that is thrown all the same is a
 * defect of ours, and 500 with an alarm is right. Whoever adds a refusal has to put it into the catalogue or here.
 */
const faultsOfOurs: Readonly<Record<string, string>> = {
  'json-number': 'every number of a parsed body is a whole one within the safe range',
  'json-text': 'a body with half a surrogate pair is refused when it is parsed',
  'json-value': 'parsed JSON holds nothing else',
  'json-depth': 'the schemas of bodies bound the depth',
  'beacon-sealed': 'a secret is opened by the function that draws, never sent',
  'beacon-signature': 'a signature comes from a relay and is verified, never sent',
  'calendar-too-short': 'days are counted from our own clock',
};
/** Files whose refusals speak of making or checking a draw, which no HTTP function does; commands on a draw are theirs. */
const drawing = /^shared\/domain\/draw\/(?!decide|beacon\.)/;
/** Its `refuse` makes a row's error of an import's report, not a refusal. */
const rowErrors = 'shared/domain/library/reading.ts';

const httpFunctions = [...new Set(Object.values(routes).map((route) => route.function))];

function entryOf(name: string): string {
  return (
    ['handler.ts', 'handler.tsx']
      .map((file) => `functions/${name}/${file}`)
      .find((file) => existsSync(`${root}/${file}`)) ?? ''
  );
}

function reasonsIn(file: string): string[] {
  return [...codeOf(file).matchAll(refusing)].map(([, reason]) => reason ?? '');
}

/** What refuses a file that was uploaded says so in the import's record, by the same names. */
const refusers = [...httpFunctions, 'imports'];
const reachable = new Set(refusers.flatMap((name) => [...reachableFrom(entryOf(name))]));
const thrown = new Set(
  [...reachable].filter((file) => !drawing.test(file) && file !== rowErrors).flatMap(reasonsIn),
);

describe('the catalogue of problems', () => {
  it('has every reason for which an HTTP function refuses a request', () => {
    const unknown = [...thrown].filter((reason) => !Object.hasOwn(problems, reason));
    expect(unknown.toSorted()).toEqual(Object.keys(faultsOfOurs).toSorted());
  });

  it('has no reason that nobody gives', () => {
    expect(Object.keys(problems).filter((reason) => !thrown.has(reason))).toEqual([]);
  });

  it('is checked against the whole of what the functions import', () => {
    expect(httpFunctions.length).toBe(19);
    expect([...reachable]).toEqual(
      expect.arrayContaining(['shared/store/commit.ts', 'shared/files/decode.ts']),
    );
  });

  it('can be checked: a reason is always written where the refusal is made', () => {
    const indirect = sourcesIn('shared')
      .concat(sourcesIn('functions'))
      .filter((file) => !drawing.test(file) && file !== rowErrors)
      .flatMap((file) =>
        [...codeOf(file).matchAll(/new Refusal\(\s*([^'\s][^,]*)/g)].map(
          ([, what]) => `${file}: ${what ?? ''}`,
        ),
      );
    expect(indirect).toEqual([
      'shared/domain/canonical/canonical.ts: reason',
      'shared/web/problem.ts: reason',
    ]);
  });

  it('leaves the draw alone: what HTTP functions take from it are shapes, proposals, reading and telling what was stored, and who comes next', () => {
    const taken = [...reachable]
      .filter((file) => !drawing.test(file))
      .flatMap((file) =>
        [...codeOf(file).matchAll(/import (?!type)\{([^}]*)\} from '#domain\/draw\/[^']+'/g)].flatMap(
          ([, names]) => (names ?? '').split(',').map((name) => name.trim()),
        ),
      );
    expect([...new Set(taken)].filter((name) => name !== '' && !name.startsWith('type ')).toSorted()).toEqual(
      [
        'BeaconEntry',
        'BeaconPlan',
        'DrandChain',
        'Draw',
        'DrawCriteria',
        'DrawStatus',
        'ExclusionCounts',
        'Hex32',
        'InclusionFile',
        'LeftOutObject',
        'MerkleTree',
        'NamedObject',
        'ObjectId',
        'Proof',
        'QuotaPerStratum',
        'SizePerStratum',
        'Staffing',
        'WantedBeacon',
        'addExclusions',
        'beaconMeaning',
        // Ids and classes come from the library, where they were checked.
        'checkedLine',
        'decideDraw',
        'describeCriteria',
        'drawLifecycle',
        'exclusionRule',
        'explainProof',
        'highestRatio',
        'inclusionText',
        'isPublic',
        'meets',
        'namedIn',
        'namedObjects',
        'noExclusions',
        'numbered',
        'parsePoolLine',
        'poolLine',
        // Its rule names every class.
        'quotaOf',
        // Who comes next: it is given a team and a unit that hold what it would refuse otherwise.
        'replaceInspector',
        'standingOf',
        'yearOf',
      ],
    );
  });
});
