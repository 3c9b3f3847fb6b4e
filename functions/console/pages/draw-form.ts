import { bodyOf, grouped, textOf, type Field, type Form, type Option, optionsOf } from '#console/kit/form.ts';
import {
  CreditClass,
  creditClassLabels,
  SubjectKind,
  subjectKindLabels,
  SubjectScale,
  subjectScaleLabels,
} from '#domain/subject/subject.ts';

const weekdays: readonly Option[] = [
  { value: '1', words: ['周一', 'Mon'] },
  { value: '2', words: ['周二', 'Tue'] },
  { value: '3', words: ['周三', 'Wed'] },
  { value: '4', words: ['周四', 'Thu'] },
  { value: '5', words: ['周五', 'Fri'] },
  { value: '6', words: ['周六', 'Sat'] },
  { value: '7', words: ['周日', 'Sun'] },
];

const kinds: readonly Option[] = [
  { value: 'drand', words: ['drand 公共随机信标', 'drand, a public beacon'] },
  { value: 'announced', words: ['公开公布的结果（如彩票开奖）', 'What a public source announces'] },
  { value: 'sealed', words: ['系统封存的秘密（最弱）', 'A sealed secret, the weakest'] },
];

/** Where the randomness comes from, and what is taken before the commitment when that can't be had. The announced source is asked for once and serves either. */
export function beaconFields(required: boolean): readonly Field[] {
  return [
    ...grouped({ words: ['随机信标', 'Beacon'] }, kindFields(required)),
    ...grouped(
      { words: ['公开公布的结果：来源与时间', 'What is announced: where and when'], folded: true },
      announced,
    ),
  ];
}

function kindFields(required: boolean): readonly Field[] {
  return [
    {
      name: 'beacon.preferred.kind',
      kind: 'choice',
      words: ['随机信标', 'Beacon'],
      required,
      options: kinds,
    },
    {
      name: 'beacon.fallback.kind',
      kind: 'choice',
      words: ['不可用时改用', 'When it can not be had'],
      options: kinds,
      hint: '仅在公布承诺之前改用；不选则等待。 Only before the commitment; otherwise the draw waits.',
    },
  ];
}

const announced: readonly Field[] = [
  {
    name: 'beacon.preferred.source',
    kind: 'text',
    words: ['公开来源', 'Source'],
    maxLength: 200,
    hint: '如“福彩双色球开奖号码”；仅在选用公开公布的结果时填写。 Only for an announced source.',
  },
  {
    name: 'beacon.preferred.weekdays',
    kind: 'choices',
    numbers: true,
    words: ['公布日', 'Announced on'],
    options: weekdays,
  },
  {
    name: 'beacon.preferred.time',
    kind: 'text',
    words: ['公布时刻', 'At'],
    maxLength: 5,
    hint: '如 21:15 e.g. 21:15',
  },
];

function planOf(form: Form): object | undefined {
  const wanted = (kind: string): object =>
    kind === 'announced'
      ? {
          kind,
          source: textOf(form, 'beacon.preferred.source'),
          weekdays: (form.values['beacon.preferred.weekdays'] ?? []).map(Number),
          time: textOf(form, 'beacon.preferred.time'),
        }
      : { kind };
  const preferred = textOf(form, 'beacon.preferred.kind');
  const fallback = textOf(form, 'beacon.fallback.kind');
  if (preferred === '') return undefined;
  return { preferred: wanted(preferred), ...(fallback === '' ? {} : { fallback: wanted(fallback) }) };
}

/** The body of a redraw: without a beacon that is chosen, none. */
export function redrawBodyOf(form: Form): Record<string, unknown> {
  const beacon = planOf(form);
  return beacon === undefined ? {} : { beacon };
}

const criteria: readonly Field[] = [
  {
    name: 'criteria.territory',
    kind: 'lines',
    words: ['行政区划代码', 'Territories'],
    hint: '每行一个代码或其前几位，如 410381；不填则不限。 One prefix a line; empty for all.',
  },
  {
    name: 'criteria.industry',
    kind: 'lines',
    words: ['行业代码', 'Industries'],
    hint: '每行一个，如 F5265。 One a line.',
  },
  {
    name: 'criteria.kind',
    kind: 'choices',
    words: ['主体类型', 'Kinds'],
    options: optionsOf(SubjectKind.options, subjectKindLabels),
  },
  {
    name: 'criteria.scale',
    kind: 'choices',
    words: ['规模', 'Scale'],
    options: optionsOf(SubjectScale.options, subjectScaleLabels),
  },
  {
    name: 'criteria.creditClass',
    kind: 'choices',
    words: ['信用风险类别', 'Credit-risk classes'],
    options: optionsOf(CreditClass.options, creditClassLabels),
  },
  { name: 'criteria.tags', kind: 'lines', words: ['监管标签', 'Tags'], hint: '每行一个。 One a line.' },
  {
    name: 'criteria.licences',
    kind: 'lines',
    words: ['有效许可证', 'Valid licences'],
    hint: '每行一个许可证名称。 One name a line.',
  },
];

const shares: readonly Field[] = [
  {
    name: 'quota.mode',
    kind: 'choice',
    words: ['抽查比例', 'How many'],
    options: [
      { value: 'ratio', words: ['按类别的比例', 'A share of each class'] },
      { value: 'count', words: ['固定户数', 'A fixed number'] },
    ],
    hint: '不选则按事项清单中最高的比例。 Otherwise the highest share that an item asks for.',
  },
  ...CreditClass.options.map((one): Field => ({
    name: `quota.basisPoints.${one}`,
    kind: 'text',
    words: [`${creditClassLabels[one]} 的比例（%）`, `Share of ${one} in %`],
    maxLength: 6,
  })),
  { name: 'quota.count', kind: 'number', min: 1, words: ['固定户数', 'Number in all'] },
  ...CreditClass.options.map((one): Field => ({
    name: `quota.weights.${one}`,
    kind: 'number',
    min: 0,
    words: [`${creditClassLabels[one]} 的权重`, `Weight of ${one}`],
  })),
];

const besides: readonly Field[] = [
  {
    name: 'coolDownDays',
    kind: 'number',
    min: 0,
    words: ['冷却期（天）', 'Cool-down in days'],
    hint: '近期检查过的不再抽取，0 为不限。 Whoever was visited within so many days is not drawn.',
  },
  {
    name: 'named',
    kind: 'lines',
    words: ['点名检查的主体代码', 'Objects checked besides'],
    hint: '每行一个统一社会信用代码。 One code a line.',
  },
];

const staffing: readonly Field[] = [
  { name: 'teamSize', kind: 'number', min: 2, max: 6, words: ['每组人数', 'Team size'] },
  {
    name: 'staffing',
    kind: 'choice',
    words: ['人员产生方式', 'Staffing'],
    required: true,
    options: [
      { value: 'random', words: ['随机抽取', 'Random'] },
      { value: 'direct', words: ['承担单位直接选派', 'Chosen by the units'] },
    ],
  },
];

/** The form by which a draw is proposed, with the check items of the library to choose from. */
export function drawFields(items: readonly Option[]): readonly Field[] {
  return [
    ...grouped({ words: ['抽查任务', 'What is checked'] }, [
      { name: 'title', kind: 'text', words: ['名称', 'Title'], required: true, maxLength: 200 },
      { name: 'items', kind: 'choices', words: ['抽查事项', 'Items'], options: items },
    ]),
    ...grouped({ words: ['抽查对象', 'Of whom'] }, [...criteria, ...besides]),
    ...grouped(
      { words: ['抽查比例：另行规定', 'How many: other shares than the items ask for'], folded: true },
      shares,
    ),
    ...grouped({ words: ['检查人员', 'Who goes'] }, staffing),
    ...beaconFields(true),
  ];
}

const asked = drawFields([]).filter(({ name }) => !/^(beacon|quota)\./.test(name));

/** The question of a preview: whom the draw is about and how many of them. */
export function questionOf(form: Form): Record<string, unknown> {
  const { items, criteria: of, coolDownDays, named } = proposalOf(form);
  const quota = quotaOf(form);
  return {
    items,
    criteria: of,
    ...(quota === undefined ? {} : { quota }),
    ...(coolDownDays === undefined ? {} : { coolDownDays }),
    ...(named === undefined ? {} : { named }),
  };
}

/** The draw as it was typed. A criterion without a value leaves its dimension open; a field that was left empty is for the API to fill or to refuse. */
export function proposalOf(form: Form): Record<string, unknown> {
  const { criteria: typed, ...rest } = bodyOf(asked, form);
  const quota = quotaOf(form);
  const beacon = planOf(form);
  return {
    ...rest,
    criteria: withoutEmpty(typed),
    ...(quota === undefined ? {} : { quota }),
    ...(beacon === undefined ? {} : { beacon }),
  };
}

function withoutEmpty(typed: unknown): object {
  return Object.fromEntries(
    Object.entries(typed ?? {}).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}

function quotaOf(form: Form): object | undefined {
  const of = (name: string, read: (text: string) => unknown): object =>
    Object.fromEntries(CreditClass.options.map((one) => [one, read(textOf(form, `quota.${name}.${one}`))]));
  switch (textOf(form, 'quota.mode')) {
    case 'ratio':
      return { mode: 'ratio', basisPoints: of('basisPoints', basisPointsOf) };
    case 'count':
      return {
        mode: 'count',
        count: numberOf(textOf(form, 'quota.count')),
        weights: of('weights', numberOf),
      };
    default:
      return undefined;
  }
}

/** `2.5` percent are 250 basis points. What is no share to a hundredth of a percent stays a text, of which the API says that it is none. */
function basisPointsOf(text: string): number | string {
  const typed = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
  return typed === null ? text : Number(typed[1]) * 100 + Number((typed[2] ?? '').padEnd(2, '0'));
}

function numberOf(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
