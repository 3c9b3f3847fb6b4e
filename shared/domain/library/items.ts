import { checkMethodLabels, Item } from '#domain/item/item.ts';
import type { Library } from '#domain/library/column.ts';
import {
  readCapitals,
  readFrequency,
  readIndustries,
  readLabels,
  readParagraph,
  readRatio,
  readStatutory,
  readText,
} from '#domain/library/reading.ts';
import {
  writeFrequency,
  writeLabels,
  writeList,
  writeRatio,
  writeStatutory,
} from '#domain/library/writing.ts';
import { subjectKindLabels } from '#domain/subject/subject.ts';

/** Check items (抽查事项清单). Ratio and frequency are data here, so that a draw can obey them. */
export const items: Library<Item> = {
  label: '抽查事项清单',
  keyColumn: '编号',
  keyOf: (item) => item.code,
  schema: Item,
  columns: [
    {
      header: '编号',
      example: 'JC-001',
      otherHeaders: ['事项编号'],
      path: 'code',
      required: true,
      read: readCapitals,
    },
    { header: '抽查事项', example: '单用途商业预付卡检查', path: 'matter', required: true, read: readText },
    { header: '抽查子项', example: '发卡企业备案', path: 'subMatter', read: readText },
    {
      header: '抽查依据',
      example: '《单用途商业预付卡管理办法（试行）》',
      otherHeaders: ['法律依据'],
      path: 'legalBasis',
      required: true,
      read: readParagraph,
    },
    {
      header: '抽查主体',
      example: '商贸流通监管中队',
      otherHeaders: ['承担单位'],
      path: 'unit',
      required: true,
      read: readText,
    },
    {
      header: '抽查对象',
      example: '企业',
      path: 'appliesTo.kinds',
      read: readLabels(subjectKindLabels, {
        'farmer-cooperative': ['农民专业合作社'],
        'individual-business': ['个体工商户'],
      }),
      write: writeLabels(subjectKindLabels),
      whenBlank: { value: () => [], note: '全部类型' },
    },
    {
      header: '适用行业',
      example: 'F52、H62',
      path: 'appliesTo.industries',
      read: readIndustries,
      write: writeList,
      whenBlank: { value: () => [], note: '全部行业' },
    },
    {
      header: '抽查比例',
      example: 'A 1%，B 3%，C 10%，D 100%',
      path: 'ratio',
      required: true,
      read: readRatio,
      write: writeRatio,
    },
    {
      header: '抽查频次',
      example: '同一单位每2年不超过1次',
      path: 'frequency',
      read: readFrequency,
      write: writeFrequency,
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '法定检查周期',
      example: '无',
      path: 'statutory',
      read: readStatutory,
      write: writeStatutory,
      whenBlank: { value: () => undefined, note: '法律法规规章没有特别规定' },
    },
    {
      header: '抽查方式',
      example: '实地检查',
      otherHeaders: ['检查方式', '核查方式'],
      path: 'methods',
      read: readLabels(checkMethodLabels, {
        'on-site': ['现场检查', '实地核查'],
        'other-department': ['行政部门检查结果', '专业意见'],
      }),
      write: writeLabels(checkMethodLabels),
      whenBlank: { value: () => ['on-site'], note: '按“实地检查”（第九条：原则上以实地核查为主）' },
    },
    { header: '人员要求', example: '食品安全', path: 'qualification', read: readText },
    {
      header: '检查内容及要求',
      example: '备案、限额发行、资金存管情况',
      otherHeaders: ['检查内容'],
      path: 'content',
      required: true,
      read: readParagraph,
    },
    { header: '所需材料', example: '备案证明', path: 'materials', read: readParagraph },
  ],
};
