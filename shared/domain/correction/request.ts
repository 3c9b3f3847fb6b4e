import * as z from 'zod';

/** A text as people type it; one that a browser could not encode is told, not stored half. */
function words(max: number, zh: string, en: string) {
  const error = `请填写${zh}，1 至 ${max} 个字 ${en}, 1 to ${max} characters`;
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(max, { error })
    .refine((text) => text.isWellFormed() && !text.includes('\uFFFD'), {
      error: '含无法识别的字符 holds characters that can not be read',
    });
}

const wrong = words(1_000, '有误之处', 'what is wrong');
const right = words(1_000, '正确内容', 'what would be right');

/** What somebody of the public says who wants a published result corrected (article 16): no more of the person than the answer needs. */
export const PublicRequest = z.strictObject({
  name: words(60, '姓名或单位名称', 'your name or organisation'),
  contact: words(100, '联系方式', 'a telephone number or an address to reach you at'),
  wrong,
  right,
});
export type PublicRequest = z.infer<typeof PublicRequest>;

/** The same by staff, who are known. */
export const StaffRequest = z.strictObject({ wrong, right });
export type StaffRequest = z.infer<typeof StaffRequest>;
