import * as z from 'zod';
import { CheckMethod } from '#domain/item/item.ts';

/**
 * One line of the registration form 执法检查登记表 (article 7(3)), as the item library had it when the item came to the form: what the
 * library says later changes no form. Old forms have no method and content.
 */
export const FormItem = z.object({
  code: z.string(),
  matter: z.string(),
  subMatter: z.string().optional(),
  legalBasis: z.string(),
  unit: z.string(),
  methods: z.array(CheckMethod).optional(),
  /** 检查内容及要求. */
  content: z.string().optional(),
  /** 所需材料. */
  materials: z.string().optional(),
});
export type FormItem = z.infer<typeof FormItem>;

/** Whom the visit is to, as the library had it when the visit was assigned. What is absent was not known, or not kept yet. */
export const VisitedSubject = z.object({
  id: z.string(),
  name: z.string(),
  territory: z.string(),
  creditClass: z.string(),
  address: z.string().optional(),
  legalRepresentative: z.string().optional(),
  /** The unit that supervises it day by day (管辖单位). */
  jurisdictionUnit: z.string().optional(),
});
export type VisitedSubject = z.infer<typeof VisitedSubject>;
