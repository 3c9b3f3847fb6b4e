import * as z from 'zod';

import {
  CLASS_OF_UNCLASSED,
  CreditClass,
  creditClassLabels,
  type Licence,
  LicenceName,
  SubjectKind,
  subjectKindLabels,
  SubjectScale,
  subjectScaleLabels,
  type Subject,
  Tag,
} from '#domain/subject/subject.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { IndustryPrefix, TerritoryPrefix } from '#domain/trigger/trigger.ts';

const listOf = <T extends z.ZodType>(member: T) => z.array(member).min(1).max(50).optional();

/**
 * Which objects a draw is about (article 8: 企业类型, 规模, 行业, 地区 and what else a directed draw goes by). An object has to
 * meet every criterion that is there, and meets one by any of its values. An absent criterion leaves that dimension open.
 */
export const DrawCriteria = z.strictObject({
  /** GB/T 2260 prefixes. */
  territory: listOf(TerritoryPrefix),
  /** GB/T 4754 prefixes. */
  industry: listOf(IndustryPrefix),
  kind: listOf(SubjectKind),
  scale: listOf(SubjectScale),
  creditClass: listOf(CreditClass),
  tags: listOf(Tag),
  /** Names of licences, one of which has to be valid on the day of the draw. */
  licences: listOf(LicenceName),
});
export type DrawCriteria = z.infer<typeof DrawCriteria>;

/** What the criteria are compared with. Tags and licences may be left out where the criteria don't ask for them. */
export interface CriteriaSubject extends Readonly<
  Pick<Subject, 'territory' | 'kind' | 'industry' | 'scale' | 'creditClass'>
> {
  readonly tags?: readonly string[] | undefined;
  readonly licences?: readonly Pick<Licence, 'name' | 'validThrough'>[] | undefined;
}

/** Whether the draw is directed (定向抽查) by any criterion; without one it is undirected (不定向抽查), from all objects (article 8). */
export function isDirected(criteria: DrawCriteria): boolean {
  return Object.values(criteria).some((criterion) => criterion !== undefined);
}

/**
 * Whether a subject meets all of the criteria on the day of the draw. What is not known of a subject meets no criterion
 * about it, except that a subject without a class counts as B. It is called for every object of a territory.
 */
export function meets(criteria: DrawCriteria, subject: CriteriaSubject, day: CalendarDate): boolean {
  const { territory, industry, kind, scale, creditClass, tags, licences } = criteria;
  return (
    (territory === undefined || startsWithAny(subject.territory, territory)) &&
    (industry === undefined || startsWithAny(subject.industry, industry)) &&
    (kind === undefined || kind.includes(subject.kind)) &&
    (scale === undefined || (subject.scale !== undefined && scale.includes(subject.scale))) &&
    (creditClass === undefined || creditClass.includes(subject.creditClass ?? CLASS_OF_UNCLASSED)) &&
    (tags === undefined || subject.tags?.some((tag) => tags.includes(tag)) === true) &&
    (licences === undefined ||
      subject.licences?.some(({ name, validThrough }) => validThrough >= day && licences.includes(name)) ===
        true)
  );
}

function startsWithAny(code: string | undefined, prefixes: readonly string[]): boolean {
  return code !== undefined && prefixes.some((prefix) => code.startsWith(prefix));
}

/** A sentence in both languages of the pages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** How each dimension is called, and how its values are written. */
const dimensions: readonly {
  readonly of: keyof DrawCriteria;
  readonly zh: string;
  readonly en: string;
  readonly label?: Readonly<Record<string, string>>;
}[] = [
  { of: 'territory', zh: '行政区划', en: 'territory' },
  { of: 'industry', zh: '行业', en: 'industry' },
  { of: 'kind', zh: '主体类型', en: 'kind', label: subjectKindLabels },
  { of: 'scale', zh: '规模', en: 'scale', label: subjectScaleLabels },
  { of: 'creditClass', zh: '信用风险类别', en: 'credit-risk class', label: creditClassLabels },
  { of: 'tags', zh: '监管标签', en: 'tag' },
  { of: 'licences', zh: '有效许可证', en: 'valid licence' },
];

/** The criteria in one line for pages and messages, in each language: 定向抽查：行业 F5265；规模 小型、微型. */
export function describeCriteria(criteria: DrawCriteria): Bilingual {
  const stated = dimensions.flatMap(({ of, zh, en, label }) => {
    const values: readonly string[] | undefined = criteria[of];
    return values === undefined
      ? []
      : [
          {
            zh: `${zh} ${values.map((value) => label?.[value] ?? value).join('、')}`,
            en: `${en} ${values.map((value) => (label === undefined ? value : value.replaceAll('-', ' '))).join(' or ')}`,
          },
        ];
  });
  return stated.length === 0
    ? { zh: '不定向抽查：全部检查对象', en: 'Undirected draw from all objects' }
    : {
        zh: `定向抽查：${stated.map(({ zh }) => zh).join('；')}`,
        en: `Directed draw: ${stated.map(({ en }) => en).join('; ')}`,
      };
}
