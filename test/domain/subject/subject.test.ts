import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
  registrationNumberCheckDigit,
  SubjectId,
  subjectIdFault,
} from '#domain/subject/subject-id.ts';
import {
  divisionOfId,
  Industry,
  industrySection,
  kindOfId,
  Subject,
  Territory,
} from '#domain/subject/subject.ts';

/** Examples that standards and open validators publish: GB 32100-2015 itself, python-stdnum, hutool. */
const PUBLISHED_CODES = ['91350100M000100Y43', '91110000600037341L', '91310110666007217T'];

describe('a subject id', () => {
  test.each([...PUBLISHED_CODES, '110108000000016'])('%s is accepted', (id) => {
    expect(subjectIdFault(id)).toBeUndefined();
    expect(SubjectId.parse(id)).toBe(id);
  });

  test.each([
    ['', 'id-empty'],
    ['9.14104E+17', 'id-mangled'],
    ['9.14e17', 'id-mangled'],
    ['914103810000000000', 'id-mangled'],
    ['91350100M000100Y4', 'id-length'],
    ['91350100M000100Y4Z', 'id-characters'],
    ['9135O100M000100Y43', 'id-characters'],
    ['91350100m000100Y43', 'id-characters'],
    ['913501AAM000100Y43', 'id-division'],
    ['91350100M000100Y34', 'id-check-character'],
    ['91350211M00013FA1N', 'id-check-character'],
    ['11010800000001A', 'id-characters'],
    ['110108000000017', 'id-check-character'],
  ])('“%s” is refused: %s', (text, reason) => {
    expect(subjectIdFault(text)?.reason).toBe(reason);
    expect(SubjectId.safeParse(text).success).toBe(false);
  });

  test('a code of digits only that happens to end in zeros is not taken for a mangled one', () => {
    expect(subjectIdFault('914103810000015000')).toBeUndefined();
  });

  test('names the place of a strange character', () => {
    expect(subjectIdFault('91350100M000100Y4Z')?.detail).toContain('第 18 位“Z”');
  });

  test('does not tell the right check character, which would repair the wrong error', () => {
    expect(subjectIdFault('91350100M000100Y44')?.detail).toBe(
      '校验码不符：代码“91350100M000100Y44”中有错字，请对照营业执照核对',
    );
  });

  test('any single wrong character is found', () => {
    const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
    fc.assert(
      fc.property(
        fc.constantFrom(...PUBLISHED_CODES),
        fc.nat(17),
        fc.constantFrom(...alphabet),
        (code, place, character) => {
          const changed = code.slice(0, place) + character + code.slice(place + 1);
          expect(subjectIdFault(changed) === undefined).toBe(changed === code);
        },
      ),
    );
  });
});

describe('check characters', () => {
  test('of the unified social credit code', () => {
    expect(creditCodeCheckCharacter('91350100M000100Y4')).toBe('3');
    expect(() => creditCodeCheckCharacter('91350100M000100YZ')).toThrow(RangeError);
    expect(() => creditCodeCheckCharacter('9135')).toThrow(RangeError);
  });

  test('of the organisation code (GB 11714: D2143569-X; python-stdnum’s 60003734-1, hutool’s 66600721-7)', () => {
    expect(organisationCodeCheckCharacter('D2143569')).toBe('X');
    expect(organisationCodeCheckCharacter('60003734')).toBe('1');
    expect(organisationCodeCheckCharacter('66600721')).toBe('7');
    expect(() => organisationCodeCheckCharacter('d2143569')).toThrow(RangeError);
  });

  test('of the registration number (ISO 7064 MOD 11,10 by its own example 0794-5; GS 15)', () => {
    expect(registrationNumberCheckDigit('0794')).toBe('5');
    expect(registrationNumberCheckDigit('11010800000001')).toBe('6');
    expect(() => registrationNumberCheckDigit('1101A')).toThrow(RangeError);
  });
});

describe('a subject', () => {
  const least = {
    id: '91350100M000100Y43',
    name: '示例',
    kind: 'enterprise',
    status: 'active',
    territory: '350100',
    tags: [],
  };

  test('needs no personal data', () => {
    expect(Subject.parse({ ...least, licences: [] })).toEqual({ ...least, licences: [] });
  });

  test('that was stored before licences were kept has none', () => {
    expect(Subject.parse(least).licences).toEqual([]);
  });

  test('has a class only with the day of it', () => {
    expect(Subject.safeParse({ ...least, creditClass: 'C' }).error?.issues[0]?.path).toEqual(['classedOn']);
    expect(Subject.safeParse({ ...least, classedOn: '2026-10-01' }).error?.issues[0]?.path).toEqual([
      'creditClass',
    ]);
    expect(Subject.safeParse({ ...least, creditClass: 'C', classedOn: '2026-10-01' }).success).toBe(true);
  });

  test.each(['C', 'C13', 'F5211', 'I645', 'T97', 'A01'])('industry %s exists', (code) => {
    expect(Industry.safeParse(code).success).toBe(true);
  });

  test.each(['F13', 'C1', 'C52', 'U98', 'c13', '5211', 'F52111'])('industry %s does not', (code) => {
    expect(Industry.safeParse(code).success).toBe(false);
  });

  test('finds the section of a division, and none for one that does not exist', () => {
    expect([
      industrySection('5211'),
      industrySection('43'),
      industrySection('00'),
      industrySection('98'),
    ]).toEqual(['F', 'C', undefined, undefined]);
  });

  test('lies in a county, town or village', () => {
    expect(['410381', '410381001', '410381001002'].every((code) => Territory.safeParse(code).success)).toBe(
      true,
    );
    expect(['41', '4103810', '41038100100', 'X10381'].some((code) => Territory.safeParse(code).success)).toBe(
      false,
    );
  });

  test('shows kind and division in its id', () => {
    expect([kindOfId('92410381PDY0000188'), kindOfId('93410381PDY0000188')]).toEqual([
      'individual-business',
      'farmer-cooperative',
    ]);
    expect([
      kindOfId('Y1410381PDY0000188'),
      kindOfId('110108000000016'),
      kindOfId('110108600000016'),
    ]).toEqual([undefined, 'enterprise', 'individual-business']);
    expect([divisionOfId('91350100M000100Y43'), divisionOfId('110108000000016')]).toEqual([
      '350100',
      '110108',
    ]);
  });
});
