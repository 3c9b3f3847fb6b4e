import { describe, expect, it } from 'vitest';
import {
  allowedFrom,
  Correction,
  CorrectionStatus,
  decide,
  receive,
  type CorrectionCommand,
  type CorrectionCommandKind,
} from '#domain/correction/correction.ts';
import { OPEN_PER_PUBLICATION, refuseFlood, secondsToTomorrow } from '#domain/correction/limits.ts';
import { maskedContact, maskedName } from '#domain/correction/masking.ts';
import { PublicRequest } from '#domain/correction/request.ts';
import { Changes } from '#domain/correction/version.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { isWithdrawn, publicationOf, type PublicRecord } from '#domain/inspection/publication.ts';
import { refusalOf, pointersOf } from '../../support/refusals.ts';
import { assignedInspection, at, cleanRecord, day } from '../../support/samples.ts';

const inspection: Inspection = {
  ...assignedInspection,
  status: 'published',
  endedAt: at('2026-03-02T08:00:00.000Z'),
  publishBy: { date: day('2026-03-30'), provisional: false },
  publishedAt: at('2026-03-20T02:00:00.000Z'),
  record: { ...cleanRecord, results: [3] },
};
const first = publicationOf(inspection);
const ASKED = at('2026-03-23T02:00:00.000Z');
const DECIDED = at('2026-03-25T02:00:00.000Z');

const request = receive(inspection, first, {
  id: 'C-1',
  at: ASKED,
  requester: { kind: 'public', name: '企业代表', contact: '13800001234' },
  said: { wrong: '企业名称有误', right: '示例加油站有限公司' },
});
const given = { by: 'HEAD', at: DECIDED };
const commands: Readonly<Record<CorrectionCommandKind, CorrectionCommand>> = {
  correct: {
    kind: 'correct',
    ...given,
    version: 1,
    reason: '企业名称录入有误',
    changes: { subjectName: '示例加油站有限公司' },
    record: inspection.record,
  },
  withdraw: { kind: 'withdraw', ...given, version: 1, legalReason: '《政府信息公开条例》第十五条' },
  refuse: { kind: 'refuse', ...given, reason: '与检查记录一致' },
};
const inStatus: Readonly<Record<CorrectionStatus, Correction>> = {
  received: request,
  granted: decide(request, first, commands.correct).correction,
  refused: decide(request, first, commands.refuse).correction,
};
const withdrawnRecord = (): PublicRecord => decide(request, first, commands.withdraw).record ?? first;

describe('article 16: a request for a correction', () => {
  it('names the record as it stood, and the units that answer', () => {
    expect(Correction.parse(request)).toEqual({
      id: 'C-1',
      version: 1,
      status: 'received',
      inspection: 'I-000000000000000000000001',
      correlation: 'T-000000000000000000000001',
      subject: { id: '91410381MA00000001', name: '示例加油站' },
      units: ['商务综合执法大队', '节能监察中心'],
      of: 1,
      requester: { kind: 'public', name: '企业代表', contact: '13800001234' },
      wrong: '企业名称有误',
      right: '示例加油站有限公司',
      receivedAt: '2026-03-23T02:00:00.000Z',
    });
  });

  it('is refused before there is a public record, and after it was withdrawn', () => {
    const asking = { id: 'C-2', at: ASKED, requester: request.requester, said: request };
    const early = refusalOf(() => receive(assignedInspection, undefined, asking));
    expect([early.reason, early.message]).toEqual(['wrong-state', expect.stringContaining('is assigned')]);
    const late = refusalOf(() => receive(inspection, withdrawnRecord(), asking));
    expect([late.reason, late.message]).toEqual(['wrong-state', expect.stringContaining('was withdrawn')]);
  });

  it('asks for all that is missing at once, and for no more than it needs', () => {
    const parsed = PublicRequest.safeParse({ name: ' ', contact: '\uFFFD', wrong: 'x'.repeat(1_001), id: 1 });
    expect(parsed.error?.issues.map(({ path, code }) => path.join('.') || code).toSorted()).toEqual([
      'contact',
      'name',
      'right',
      'unrecognized_keys',
      'wrong',
    ]);
  });
});

describe('article 16: a decision', () => {
  const cases = Object.values(commands).flatMap((command) =>
    CorrectionStatus.options.map((status) => [command.kind, status] as const),
  );
  const [allowed, refused] = [true, false].map((taken) =>
    cases.filter(([kind, status]) => allowedFrom[kind].includes(status) === taken),
  );

  it.each(allowed ?? [])('%s is taken of a request that is %s', (kind, status) => {
    expect(decide(inStatus[status], first, commands[kind]).correction).toMatchObject({
      version: 2,
      status: kind === 'refuse' ? 'refused' : 'granted',
    });
  });

  it.each(refused ?? [])(
    '%s is refused of a request that is %s, with the states it is taken from',
    (kind, status) => {
      const { reason, message } = refusalOf(() => decide(inStatus[status], first, commands[kind]));
      expect(reason).toBe('wrong-state');
      expect(message).toContain(`is ${status}; ${kind} is possible from received only`);
    },
  );

  it('is made of a received request, and of no other', () => {
    expect(allowedFrom).toEqual({ correct: ['received'], withdraw: ['received'], refuse: ['received'] });
  });

  it('that grants makes the next version, in which only what was corrected is new', () => {
    const { correction, record } = decide(request, first, commands.correct);
    expect(record).toEqual({
      ...first,
      version: 2,
      subjectName: '示例加油站有限公司',
      corrected: { at: DECIDED, reason: '企业名称录入有误' },
    });
    expect(correction.decision).toEqual({
      by: 'HEAD',
      at: DECIDED,
      outcome: 'corrected',
      version: 2,
      reason: '企业名称录入有误',
    });
  });

  it('corrects results in the words of the form, and the words of items', () => {
    const items = [{ code: 'YS-002', matter: '加油机强制检定', legalBasis: '计量法第九条' }];
    const { record } = decide(request, first, {
      kind: 'correct',
      ...given,
      version: 1,
      reason: '录入有误',
      changes: { results: [2], items },
      record: inspection.record,
    });
    expect(record).toMatchObject({
      results: [{ code: 2, text: '发现问题经责令已改正' }],
      items: [first.items[0], items[0]],
    });
  });

  it('that withdraws leaves the day and the legal reason, and nothing of what was said', () => {
    expect(withdrawnRecord()).toEqual({
      id: 'I-000000000000000000000001',
      version: 2,
      inspection: 'I-000000000000000000000001',
      withdrawn: { at: DECIDED, legalReason: '《政府信息公开条例》第十五条' },
    });
    expect(isWithdrawn(withdrawnRecord())).toBe(true);
  });

  it('that refuses leaves the public record alone', () => {
    expect(decide(request, first, commands.refuse).record).toBeUndefined();
  });

  it('on a version that does not stand any more is refused, and so is one on what was withdrawn; refusing goes on', () => {
    const second = decide(request, first, commands.correct).record ?? first;
    const stale = refusalOf(() => decide(request, second, commands.withdraw));
    expect([stale.reason, pointersOf(stale)]).toEqual(['published-anew', ['/version']]);
    const gone = refusalOf(() => decide(request, withdrawnRecord(), commands.correct));
    expect(gone.reason).toBe('wrong-state');
    expect(decide(request, withdrawnRecord(), commands.refuse).correction.status).toBe('refused');
  });
});

describe('article 16: what a correction may change', () => {
  it.each([
    'subjectId',
    'units',
    'inspectedOn',
    'publishedAt',
    'publishBy',
    'onTime',
    'draws',
    'inspection',
    'id',
    'version',
    'corrected',
  ])('is not %s, a fact by law', (field) => {
    const parsed = Changes.safeParse({ subjectName: '示例', [field]: '2026-01-01' });
    expect(parsed.error?.issues.map(({ path, message }) => [path, message.slice(0, 11)])).toEqual([
      [[field], '法定事实，不得更正 a'],
    ]);
  });

  it.each([
    ['nothing', {}, ['/changes']],
    ['the same name', { subjectName: '示例加油站' }, ['/changes']],
    ['1 beside another result', { results: [1, 2] }, ['/changes/results']],
    ['8 without its record', { results: [8] }, ['/changes/results']],
    [
      'an item that was not inspected, and one twice',
      {
        items: ['YS-001', 'YS-009', 'YS-001'].map((code) => ({ code, matter: '事项', legalBasis: '依据' })),
      },
      ['/changes/items/1/code', '/changes/items/2/code'],
    ],
  ])('is not %s', (_, changes, pointers) => {
    const refused = refusalOf(() =>
      decide(request, first, {
        kind: 'correct',
        ...given,
        version: 1,
        reason: '有误',
        changes,
        record: inspection.record,
      }),
    );
    expect([refused.reason, pointersOf(refused)]).toEqual(['body-invalid', pointers]);
  });

  it('is result 8 where the record of the visit has a kind of article 12', () => {
    const { record } = decide(request, first, {
      kind: 'correct',
      ...given,
      version: 1,
      reason: '有误',
      changes: { results: [8] },
      record: { ...cleanRecord, results: [8], nonCooperation: ['obstruction'] },
    });
    expect(record).toMatchObject({ results: [{ code: 8, text: '不配合检查情节严重' }] });
  });
});

describe('article 16: requests of the public', () => {
  it('are taken up to five that wait for one record, and up to the quota of the day', () => {
    expect(() => refuseFlood({ open: OPEN_PER_PUBLICATION - 1, today: 199 }, 200)).not.toThrow();
  });

  it.each([
    [{ open: OPEN_PER_PUBLICATION, today: 0 }, 'wait for an answer'],
    [{ open: 0, today: 200 }, 'ask again tomorrow'],
  ])('with %j made already are refused: %s', (counts, said) => {
    const { reason, message } = refusalOf(() => refuseFlood(counts, 200));
    expect([reason, message]).toEqual(['too-many-requests', expect.stringContaining(said)]);
  });

  it('are taken again when the next day of Shanghai begins', () => {
    expect(secondsToTomorrow(at('2026-03-02T15:59:30.000Z'))).toBe(30);
    expect(secondsToTomorrow(at('2026-03-02T16:00:00.000Z'))).toBe(86_400);
  });

  it('show of who asked, to those who need not answer, no more than tells two apart', () => {
    expect([maskedName('企业代表'), maskedContact('13800001234'), maskedContact('12345')]).toEqual([
      '企*',
      '****34',
      '****',
    ]);
  });
});
