import { bodyOf, type Field, type Form, optionsOf } from '#console/kit/form.ts';
import { jsonTyped } from '#console/pages/typed-json.ts';
import { RiskLevel, riskLevelLabels } from '#domain/risk/rule.ts';
import { kindOf, type AnyPolicy, type PolicyKind } from '#domain/policy/body.ts';

/** In front of the names of fields: those of a policy that is rehearsed stand inside of `policy`. */
export type Prefix = '' | 'policy.';

/** What a policy says in a structure of its own, written as JSON. */
const JSON_PARTS = ['criteria', 'quota', 'beacon'] as const;

const levelEnglish: Readonly<Record<RiskLevel, string>> = {
  watch: 'Watch',
  warning: 'Warning',
  severe: 'Severe',
};

const common: readonly Field[] = [
  { kind: 'text', name: 'name', words: ['名称', 'Name'], required: true, maxLength: 100 },
  { kind: 'date', name: 'effectiveFrom', words: ['施行日期', 'In force from'], required: true },
  {
    kind: 'long',
    name: 'when',
    words: ['条件（CEL）', 'Condition in CEL'],
    required: true,
    maxLength: 2_000,
    hint: '如 trigger.category == "complaint"，字段见规则说明。',
  },
];

const items = {
  kind: 'lines',
  words: ['抽查事项编码', 'Check items'],
  hint: '每行一个，如 YS-GXJ-005。 One code a line.',
} as const;

const triggerFields: readonly Field[] = [
  {
    kind: 'number',
    name: 'merge.windowHours',
    words: ['合并窗口（小时）', 'Merge within hours'],
    min: 1,
    max: 720,
    hint: '留空则每件单独触发。 Each fires by itself when empty.',
  },
  { ...items, name: 'draw.items', required: true },
  {
    kind: 'long',
    name: 'draw.criteria',
    words: ['检查对象条件（JSON）', 'Criteria as JSON'],
    required: true,
    hint: '如 {"territory":"from-trigger","industry":["F5265"]}；{} 为不定向。',
  },
  {
    kind: 'long',
    name: 'draw.quota',
    words: ['抽取比例或数量（JSON）', 'Quota as JSON'],
    hint: '留空按事项库比例。 As the item library says when empty.',
  },
  {
    kind: 'long',
    name: 'draw.beacon',
    words: ['随机源（JSON）', 'Beacon as JSON'],
    required: true,
    hint: '如 {"preferred":{"kind":"drand"},"fallback":{"kind":"sealed"}}',
  },
  {
    kind: 'number',
    name: 'draw.coolDownDays',
    words: ['免检天数', 'Days off after a visit'],
    min: 0,
    max: 3_650,
  },
  {
    kind: 'choice',
    name: 'draw.staffing',
    words: ['检查人员', 'Inspectors'],
    options: [
      { value: 'random', words: ['随机选派', 'Drawn'] },
      { value: 'direct', words: ['由承担单位选派', 'Chosen by the units'] },
    ],
  },
  {
    kind: 'choice',
    name: 'draw.approval',
    words: ['启动方式', 'Approval'],
    required: true,
    options: [
      { value: 'automatic', words: ['自动启动', 'By itself'] },
      { value: 'lead-section', words: ['牵头科室批准', 'By the lead section'] },
    ],
  },
  {
    kind: 'number',
    name: 'draw.teamSize',
    words: ['每组检查人员', 'Inspectors per visit'],
    required: true,
    min: 2,
    max: 6,
  },
];

const subjectFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'level',
    words: ['预警等级', 'Level'],
    required: true,
    options: optionsOf(RiskLevel.options, riskLevelLabels, levelEnglish),
  },
  { kind: 'text', name: 'reason', words: ['预警原因', 'Reason'], required: true, maxLength: 200 },
  { ...items, name: 'directCheck.items', words: ['直接检查事项', 'Items of a direct check'] },
  {
    kind: 'number',
    name: 'directCheck.coolDownDays',
    words: ['直接检查间隔（日）', 'Days between direct checks'],
    min: 1,
    max: 3_650,
    hint: '仅严重等级可提出直接检查。 Only a severe rule proposes direct checks.',
  },
];

const cohortFields: readonly Field[] = [
  {
    kind: 'choice',
    numbers: true,
    name: 'territoryDigits',
    words: ['地区层级', 'Territory'],
    required: true,
    options: [
      { value: '6', words: ['县（市、区）', 'County'] },
      { value: '9', words: ['乡镇街道', 'Town'] },
    ],
  },
  {
    kind: 'choice',
    numbers: true,
    name: 'industryDigits',
    words: ['行业层级', 'Industry'],
    required: true,
    options: [
      { value: '0', words: ['门类', 'Section'] },
      { value: '2', words: ['大类', 'Division'] },
      { value: '3', words: ['中类', 'Group'] },
      { value: '4', words: ['小类', 'Class'] },
    ],
  },
  {
    kind: 'choice',
    name: 'severity',
    words: ['严重程度', 'Severity'],
    options: [
      { value: 'normal', words: ['一般', 'Normal'] },
      { value: 'severe', words: ['严重', 'Severe'] },
    ],
  },
  {
    kind: 'number',
    name: 'coolDownDays',
    words: ['触发间隔（日）', 'Days between firings'],
    required: true,
    min: 1,
    max: 3_650,
  },
];

const fields: Readonly<Record<PolicyKind, readonly Field[]>> = {
  trigger: [...common, ...triggerFields],
  subject: [...common, ...subjectFields],
  cohort: [...common, ...cohortFields],
};

/** The fields of a policy of a kind. */
export function policyFields(kind: PolicyKind, prefix: Prefix): readonly Field[] {
  return fields[kind].map((field) => ({ ...field, name: `${prefix}${field.name}` }));
}

/** What was typed of a policy, by the names of its fields without the prefix: to fill the other form with it. */
export function typedPolicy(form: Form, prefix: Prefix): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(form.values).flatMap(([name, values]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), values] as const] : [],
    ),
  );
}

/**
 * The body of a policy as a form says it; the API judges it.
 * @throws ApiRefusal for a part that is no JSON
 */
export function policyBody(kind: PolicyKind, prefix: Prefix, form: Form): Record<string, unknown> {
  const said = bodyOf(fields[kind], { ...form, values: typedPolicy(form, prefix) });
  const { draw } = said;
  if (kind !== 'trigger') {
    return { about: kind, ...said };
  }
  return { ...said, draw: withParts(typeof draw === 'object' && draw !== null ? { ...draw } : {}, prefix) };
}

/** The draw with its parts read as JSON; what was left empty stays away. */
function withParts(draw: Readonly<Record<string, unknown>>, prefix: Prefix): Record<string, unknown> {
  const at = `/${prefix.replace('.', '/')}draw`;
  const read = JSON_PARTS.flatMap((part) => {
    const text = draw[part];
    return typeof text === 'string' ? [[part, jsonTyped(text, `${at}/${part}`)] as const] : [];
  });
  return { ...draw, ...Object.fromEntries(read) };
}

/** The values of the fields that say what a version says. */
export function valuesOf(policy: AnyPolicy): Record<string, string | readonly string[] | undefined> {
  return Object.fromEntries(
    fields[kindOf(policy)].map(({ name }) => [name, valueAt(policy, name.split('.'))]),
  );
}

function valueAt(
  value: unknown,
  [first, ...rest]: readonly string[],
): string | readonly string[] | undefined {
  if (first === undefined) {
    return shown(value);
  }
  return typeof value === 'object' && value !== null
    ? valueAt(new Map<string, unknown>(Object.entries(value)).get(first), rest)
    : undefined;
}

/** A list of texts by its lines, a structure as JSON, anything else as it is. */
function shown(value: unknown): string | readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(String) : JSON.stringify(value, null, 2);
}
