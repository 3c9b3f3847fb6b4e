import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PolicyBody } from '#domain/policy/body.ts';
import type { Cohort } from '#domain/risk/cohort.ts';
import type { SubjectHistory } from '#domain/risk/facts.ts';
import { Signal, signalLabels } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { cohortConditionError, cohortMeets } from '#rules/cohort-condition.ts';
import { conditionsOn, subjectConditionError } from '#rules/subject-condition.ts';
import { root } from '../support/sources.ts';

const page = readFileSync(path.join(root, 'docs/risk.md'), 'utf8');

/** The cells of the table with this header, row after row; code without its quotes. */
function rowsUnder(header: string): string[][] {
  const [, after = ''] = page.split(`\n${header}\n`);
  const rows: string[][] = [];
  for (const line of after.split('\n').slice(1)) {
    if (!line.startsWith('|')) break;
    const cells = line.slice(2, -2).split(/(?<!\\) \| /);
    rows.push(cells.map((cell) => cell.replaceAll(String.raw`\|`, '|').replaceAll(/^`|`$/g, '')));
  }
  return rows;
}

const DAY = CalendarDate.parse('2026-03-02');
const ID = '91410381PDY000247B';
const signal = (kind: string, on: string, more: object = {}) =>
  Signal.parse({ id: `${kind} ${on}`, subject: ID, kind, on, source: 'import', ...more });
const bare: SubjectHistory = {
  subject: Subject.parse({
    id: ID,
    name: '名称',
    kind: 'enterprise',
    status: 'active',
    territory: '410381',
    tags: [],
  }),
  signals: [],
  classes: [],
};
/** As the page says it. */
const full: SubjectHistory = {
  subject: Subject.parse({
    ...bare.subject,
    territory: '410381001',
    industry: 'F5265',
    scale: 'small',
    creditClass: 'D',
    classedOn: '2026-02-01',
    established: '2025-09-01',
    tags: ['危化品'],
    licences: [
      { name: '成品油零售经营批准证书', validThrough: '2026-03-20' },
      { name: '食品经营许可证', validThrough: '2026-01-31' },
    ],
  }),
  signals: [
    signal('complaint', '2026-02-10'),
    signal('complaint', '2026-02-20'),
    signal('abnormal-listing', '2026-02-15'),
    signal('failed-check', '2026-02-25'),
    signal('penalty', '2025-12-01'),
    signal('credit-repair', '2026-01-15', { lifts: ['penalty'] }),
  ],
  classes: [
    { subject: ID, creditClass: 'B', on: CalendarDate.parse('2025-06-01') },
    { subject: ID, creditClass: 'D', on: CalendarDate.parse('2026-02-01') },
  ],
};

describe('docs/risk.md says of a condition about subjects', () => {
  const rows = rowsUnder('| condition | full | bare |');
  const holds = (when: string, history: SubjectHistory) => {
    const outcome = conditionsOn(history, DAY)({ when });
    return 'failed' in outcome ? outcome.failed : String(outcome.holds);
  };

  it('what it comes to, for eighteen of them', () => {
    expect(rows.length).toBe(18);
  });

  it.each(rows)('%s is %s on the full and %s on the bare subject', (when, onFull, onBare) => {
    expect(subjectConditionError(when ?? '')).toBeUndefined();
    expect([holds(when ?? '', full), holds(when ?? '', bare)]).toEqual([onFull, onBare]);
  });
});

describe('docs/risk.md says of a condition about cohorts', () => {
  const place = { territory: '410381', industry: 'F52' };
  const large: Cohort = { ...place, subjects: 120, watch: 6, warning: 3, severe: 1 };
  const small: Cohort = { ...place, subjects: 1, watch: 0, warning: 0, severe: 0 };
  const rows = rowsUnder('| condition | large | small |');

  it('what it comes to, for five of them', () => {
    expect(rows.length).toBe(5);
  });

  it.each(rows)('%s is %s on the large and %s on the small one', (when = '', onLarge, onSmall) => {
    expect(cohortConditionError(when)).toBeUndefined();
    expect([String(cohortMeets(when, large)), String(cohortMeets(when, small))]).toEqual([onLarge, onSmall]);
  });
});

describe('docs/risk.md says why a condition is refused', () => {
  const rows = rowsUnder('| condition | answer |');

  it('for nine of them', () => {
    expect(rows.length).toBe(9);
  });

  it.each(rows)('%s: %s', (when = '', answer) => {
    expect(subjectConditionError(when)).toBe(answer);
  });
});

describe('docs/risk.md shows', () => {
  it('rules of both kinds that are taken as they stand', () => {
    const examples = [...page.matchAll(/```json\n(\{\n {2}"about"[^`]*)```/g)].map(([, text = '']) =>
      PolicyBody.parse(JSON.parse(text)),
    );
    expect(examples).toMatchObject([
      { about: 'subject', level: 'severe', directCheck: { coolDownDays: 180 } },
      { about: 'cohort', territoryDigits: 6, coolDownDays: 30 },
    ]);
  });

  it('every kind of signal with its name', () => {
    expect(
      rowsUnder('| `kind` | 中文 | a repair can lift it |').map(([kind, label]) => [kind, label]),
    ).toEqual(Object.entries(signalLabels));
  });
});
