import { describe, expect, test } from 'vitest';
import { Item, itemApplies, ratioFor } from '#domain/item/item.ts';

const item = Item.parse({
  code: 'YS-GXJ-003',
  matter: '成品油零售经营检查',
  legalBasis: '《中华人民共和国产品质量法》',
  unit: '成品油市场监管所',
  appliesTo: { kinds: ['enterprise'], industries: ['F526', 'H61'] },
  ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
  frequency: { maxTimes: 1, perMonths: 24 },
  methods: ['on-site'],
  content: '经营资格',
});

describe('a check item', () => {
  test.each([
    ['enterprise', 'F5265', true],
    ['enterprise', 'H6110', true],
    ['enterprise', 'F521', false],
    ['individual-business', 'F5265', false],
    ['enterprise', undefined, false],
  ] as const)('concerns a subject of kind %s and industry %s: %s', (kind, industry, applies) => {
    expect(itemApplies(item, industry === undefined ? { kind } : { kind, industry })).toBe(applies);
  });

  test('concerns everybody when its lists are empty', () => {
    expect(itemApplies({ ...item, appliesTo: { kinds: [], industries: [] } }, { kind: 'other' })).toBe(true);
  });

  test('has a share for each class; no class counts as ordinary risk', () => {
    expect([ratioFor(item, 'A'), ratioFor(item, 'D'), ratioFor(item, undefined)]).toEqual([100, 10_000, 300]);
  });

  test('has shares in whole basis points up to everything', () => {
    expect(Item.safeParse({ ...item, ratio: { ...item.ratio, A: 0.5 } }).success).toBe(false);
    expect(Item.safeParse({ ...item, ratio: { ...item.ratio, D: 10_001 } }).success).toBe(false);
  });
});
