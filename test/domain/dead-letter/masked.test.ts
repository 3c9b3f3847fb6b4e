import { describe, expect, it } from 'vitest';
import { maskedError } from '#domain/dead-letter/masked.ts';

describe('the error of a letter', () => {
  it.each([
    ['550 <zhang.san@example.org> unknown', '550 <****> unknown'],
    ['收件人：li-si@example.org，不存在', '收件人：****，不存在'],
    [
      'POST https://open.feishu.cn/open-apis/bot/v2/hook/0a1b-2c3d failed: 400',
      'POST https://**** failed: 400',
    ],
    ['signed with whsec_MDEyMzQ1Njc4OWFi+/=', 'signed with whsec_****'],
    ['authorization: Bearer eyJhbGciOi.J9-x_y', 'authorization: Bearer ****'],
    ['联系电话13800001234无效', '联系电话****无效'],
    ['call +8613800001234', 'call ****'],
    ['身份证 41038119900101123X', '身份证 ****'],
  ])('hides what is nobody’s business: %s', (message, shown) => {
    expect(maskedError(message)).toBe(shown);
  });

  it.each([
    'version-conflict: TRIGGER#T-0123456789abcdef01234567 was changed by someone else',
    'Task timed out after 900 seconds',
    '91410381MA00000001 is not in the library',
    'due 2026-03-02T01:30:00.000Z, sequence 49',
  ])('keeps what tells the cause: %s', (message) => {
    expect(maskedError(message)).toBe(message);
  });

  it('is shortened to 300 characters, none of them cut in two', () => {
    const shown = maskedError('𠮷'.repeat(400));
    expect(shown).toBe(`${'𠮷'.repeat(299)}…`);
  });
});
