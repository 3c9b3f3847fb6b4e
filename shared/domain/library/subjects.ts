import * as z from 'zod';
import type { Column, Library, Values } from '#domain/library/column.ts';
import { readLicences, writeLicences } from '#domain/library/licences.ts';
import {
  readCode,
  readDate,
  readIndustry,
  readLabel,
  readList,
  readSubjectId,
  readText,
} from '#domain/library/reading.ts';
import { writeLabel, writeList } from '#domain/library/writing.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import {
  CreditClass,
  creditClassLabels,
  divisionOfId,
  kindOfId,
  Subject,
  subjectKindLabels,
  subjectScaleLabels,
  subjectStatusLabels,
} from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** The code by which every file names a subject. */
export const idColumn: Column = {
  header: '统一社会信用代码/注册号',
  example: '91410381PDY0000799',
  otherHeaders: ['统一社会信用代码', '注册号', '统一社会信用代码（注册号）'],
  path: 'id',
  required: true,
  read: readSubjectId,
};

const classColumn: Column = {
  header: '信用风险类别',
  example: 'B 一般风险',
  otherHeaders: ['信用风险分类', '信用风险等级'],
  path: 'creditClass',
  read: readLabel(creditClassLabels, {
    A: ['A', 'A类', 'A级', '低风险'],
    B: ['B', 'B类', 'B级', '一般风险'],
    C: ['C', 'C类', 'C级', '较高风险'],
    D: ['D', 'D类', 'D级', '高风险'],
  }),
  write: writeLabel(creditClassLabels),
};

const classedOnColumn: Column = {
  header: '评定日期',
  example: '2026-09-01',
  otherHeaders: ['分类日期'],
  path: 'classedOn',
  read: readDate,
};

const readKind = readLabel(subjectKindLabels, {
  'farmer-cooperative': ['农民专业合作社', '合作社'],
  'individual-business': ['个体工商户', '个体'],
  'foreign-representative-office': ['外国企业常驻代表机构'],
  'social-organisation': ['社会团体', '民办非企业单位', '基金会'],
});

const readStatus = readLabel(subjectStatusLabels, {
  active: ['在业', '开业', '正常', '在营', '存续（在营、开业、在册）'],
  suspended: ['歇业'],
  liquidating: ['正在清算'],
  'licence-revoked': ['吊销，未注销', '吊销未注销'],
});

/** Check objects (检查对象库). */
export const subjects: Library<Subject> = {
  label: '检查对象库',
  keyColumn: idColumn.header,
  keyOf: (subject) => subject.id,
  schema: Subject,
  columns: [
    idColumn,
    {
      header: '企业名称',
      example: '某某餐饮有限公司',
      otherHeaders: ['名称', '主体名称', '单位名称'],
      path: 'name',
      required: true,
      read: readText,
    },
    {
      header: '主体类型',
      example: '企业',
      otherHeaders: ['企业类型'],
      path: 'kind',
      read: readKind,
      write: writeLabel(subjectKindLabels),
      whenBlank: {
        value: (values) => kindOfId(idOf(values)) ?? 'other',
        note: '按代码前两位推定，不能推定的为“其他”',
      },
    },
    {
      header: '登记状态',
      example: '存续',
      path: 'status',
      read: readStatus,
      write: writeLabel(subjectStatusLabels),
      whenBlank: { value: () => 'active', note: '按“存续”' },
    },
    {
      header: '行政区划',
      example: '410381',
      otherHeaders: ['行政区划代码', '区划代码'],
      path: 'territory',
      read: readCode,
      whenBlank: { value: (values) => divisionOfId(idOf(values)), note: '按代码中的登记机关行政区划' },
    },
    {
      header: '行业',
      example: 'H6210',
      otherHeaders: ['行业代码', '所属行业'],
      path: 'industry',
      read: readIndustry,
    },
    {
      header: '规模',
      example: '小型',
      otherHeaders: ['经营规模', '企业规模'],
      path: 'scale',
      read: readLabel(subjectScaleLabels, {
        large: ['大型企业'],
        medium: ['中型企业'],
        small: ['小型企业'],
        micro: ['微型企业'],
      }),
      write: writeLabel(subjectScaleLabels),
    },
    classColumn,
    classedOnColumn,
    {
      header: '监管标签',
      example: '餐饮',
      path: 'tags',
      read: readList,
      write: writeList,
      whenBlank: { value: () => [], note: '无标签' },
    },
    {
      header: '许可证',
      example: '食品经营许可证（编号 JY001，至2028-03-02）',
      path: 'licences',
      read: readLicences,
      write: writeLicences,
      whenBlank: { value: () => [], note: '无许可证' },
    },
    {
      header: '住所',
      example: '商城街道1号',
      otherHeaders: ['住所（经营场所）', '地址', '经营场所'],
      path: 'address',
      read: readText,
    },
    {
      header: '法定代表人',
      otherHeaders: ['法定代表人（负责人）', '负责人', '经营者'],
      path: 'legalRepresentative',
      read: readText,
    },
    { header: '联系电话', otherHeaders: ['电话'], path: 'phone', read: readCode },
    { header: '成立日期', example: '2018-05-20', path: 'established', read: readDate },
    { header: '登记机关', path: 'registrationAuthority', read: readText },
    { header: '管辖单位', path: 'jurisdictionUnit', read: readText },
  ],
};

/** One line of the monthly file of credit-risk classes: it changes a subject's class and nothing else of it. */
export const Classing = z.strictObject({
  id: SubjectId,
  /** As the file has it, to be compared by the eye; the register's name stands. */
  name: z.string().trim().min(1).max(200).optional(),
  creditClass: CreditClass,
  classedOn: CalendarDate,
});
export type Classing = z.infer<typeof Classing>;

/** The monthly credit-risk classes (信用风险分类结果). */
export const classings: Library<Classing> = {
  label: '信用风险分类结果',
  keyColumn: idColumn.header,
  // A subject has a line for each day on which it was given a class: an export has its whole history.
  keyOf: ({ id, classedOn }) => `${id} ${classedOn}`,
  schema: Classing,
  columns: [
    idColumn,
    { header: '企业名称', otherHeaders: ['名称'], path: 'name', read: readText },
    { ...classColumn, required: true },
    { ...classedOnColumn, required: true },
  ],
};

/**
 * The subject with the class of a line of the monthly file. A class that is older than the one that stands changes
 * nothing: months arrive out of order. One of the same day is a correction.
 */
export function withClass(subject: Subject, { creditClass, classedOn }: Classing): Subject {
  const older = subject.classedOn !== undefined && classedOn < subject.classedOn;
  return older ? subject : { ...subject, creditClass, classedOn };
}

/**
 * The subject of a row of the register's own file. A class is a fact of its day, kept in a history: a row that gives none, or an
 * older one than the one that stands, leaves that one. One of the same day is a correction.
 */
export function keepingClass(
  row: Subject,
  { creditClass, classedOn }: Pick<Subject, 'creditClass' | 'classedOn'>,
): Subject {
  const newer = classedOn !== undefined && (row.classedOn === undefined || classedOn > row.classedOn);
  return newer ? { ...row, creditClass, classedOn } : row;
}

/** A row whose id can't be read never gets as far as its blanks. */
function idOf(values: Values): string {
  const id = values.get(idColumn.path);
  return typeof id === 'string' ? id : '';
}
