import { describe, expect, it } from 'vitest';
import { differences } from '#domain/difference/difference.ts';

describe('the differences of two values', () => {
  it.each([
    ['nothing of the same', { a: [1, { b: '无' }] }, { a: [1, { b: '无' }] }, []],
    ['a member', { a: 1 }, { a: 2 }, [['/a', 1, 2]]],
    [
      'a member that one lacks',
      { a: 1 },
      { b: 2 },
      [
        ['/a', 1, undefined],
        ['/b', undefined, 2],
      ],
    ],
    ['a place of a list', { a: ['x', 'y'] }, { a: ['x', 'z'] }, [['/a/1', 'y', 'z']]],
    ['a longer list', [1], [1, 2], [['/1', undefined, 2]]],
    ['a list where the other has an object', { a: [] }, { a: {} }, [['/a', [], {}]]],
    ['an object where the other has none', { a: { b: 1 } }, { a: null }, [['/a', { b: 1 }, null]]],
    ['what is left out as what is undefined', { a: undefined }, {}, []],
    ['names with slashes and tildes', { 'a/b~c': 1 }, { 'a/b~c': 2 }, [['/a~1b~0c', 1, 2]]],
    ['values that are no objects', 1, 2, [['', 1, 2]]],
  ])('name %s', (_, yours, theirs, found) => {
    expect(differences(yours, theirs)).toEqual(
      found.map(([pointer, mine, other]) => ({ pointer, yours: mine, theirs: other })),
    );
  });
});
