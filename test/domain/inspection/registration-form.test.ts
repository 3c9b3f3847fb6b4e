import { describe, expect, it } from 'vitest';
import { Evidence } from '#domain/evidence/evidence.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { registrationForm } from '#domain/inspection/registration-form.ts';
import { visitNotice } from '#domain/inspection/visit-notice.ts';
import { assignedInspection, cleanRecord, day, MONDAY } from '../../support/samples.ts';

const [first, second] = assignedInspection.items;
const inspection = Inspection.parse({
  ...assignedInspection,
  items: [
    { ...first, methods: ['on-site', 'written'], content: '查验批准证书', materials: '批准证书' },
    second,
  ],
  experts: [{ name: '钱七', organisation: '检测所', role: '检测', invitedBy: 'GX-001', at: MONDAY }],
});
const titles = new Map([['D-000000000000000000000001', '加油站投诉抽查']]);
const photo = Evidence.parse({
  id: 'V-1',
  version: 2,
  inspection: inspection.id,
  name: '大门.jpg',
  mediaType: 'image/jpeg',
  size: 4,
  sha256: 'a'.repeat(64),
  by: 'GX-001',
  at: MONDAY,
  status: 'stored',
});

describe('the registration form', () => {
  it('article 7(3): is one for the items of all units, each with its method and content as they were frozen', () => {
    const form = registrationForm(inspection, titles, []);
    expect(form.tasks).toEqual([
      { draw: 'D-000000000000000000000001', planNumber: '明抽〔2026〕3号', title: '加油站投诉抽查' },
    ]);
    expect(form.units).toEqual(['商务综合执法大队', '节能监察中心']);
    expect(form.lines).toEqual([
      {
        code: 'YS-001',
        matter: '成品油零售经营',
        legalBasis: '成品油市场管理办法',
        unit: '商务综合执法大队',
        methods: [
          { code: 'on-site', text: '实地检查' },
          { code: 'written', text: '书面检查' },
        ],
        content: '查验批准证书',
        materials: '批准证书',
      },
      { code: 'YS-002', matter: '加油机计量', legalBasis: '计量法', unit: '节能监察中心', methods: [] },
    ]);
    expect(form.result).toBeUndefined();
  });

  it('article 10: names the team with their certificate numbers, and the experts of article 9', () => {
    const { team, experts } = registrationForm(inspection, titles, []);
    expect(team.map(({ name, certificate }) => [name, certificate])).toEqual([
      ['张三', '16030001'],
      ['李四', '16030002'],
    ]);
    expect(experts).toEqual([{ name: '钱七', organisation: '检测所', role: '检测' }]);
  });

  it('says what was found in the words of the form, and the hash of each file that is cited', () => {
    const record = InspectionRecord.parse({
      ...cleanRecord,
      inspectedOn: '2026-03-03',
      results: [8],
      methods: ['on-site', 'other-department'],
      findings: [
        { item: 'YS-001', checked: true, finding: '拒绝入内', handling: '记录', methods: ['on-site'] },
        { item: 'YS-002', checked: false, finding: '无', handling: '无' },
      ],
      conclusions: [
        { department: '环保局', documentNumber: '7号', date: '2026-02-20', summary: '达标', evidence: 'V-1' },
      ],
      nonCooperation: ['entry-refused'],
      evidence: ['V-1', '照片 3'],
      leader: { inspector: 'GX-002', opinion: '同意' },
      followUps: ['case-transfer'],
    });
    const { lines, result } = registrationForm({ ...inspection, record, recordedBy: 'GX-001' }, titles, [
      photo,
    ]);
    expect(lines.map(({ answer }) => [answer?.checked, answer?.methods.map(({ code }) => code)])).toEqual([
      [true, ['on-site']],
      [false, ['on-site', 'other-department']],
    ]);
    expect(result).toMatchObject({
      inspectedOn: '2026-03-03',
      results: [{ code: 8, text: '不配合检查情节严重' }],
      nonCooperation: [{ code: 'entry-refused', text: '拒绝检查人员或其委托的专业机构进入被检查场所' }],
      followUps: [{ code: 'case-transfer', text: '移送办案机构' }],
      capacity: '法定代表人（负责人）',
      leader: { name: '李四', opinion: '同意' },
      recordedBy: 'GX-001',
    });
    expect(result?.evidence).toEqual([
      {
        id: 'V-1',
        file: { name: '大门.jpg', mediaType: 'image/jpeg', size: 4, sha256: 'a'.repeat(64) },
      },
      { id: '照片 3' },
    ]);
  });
});

describe('the notice of a visit', () => {
  const issued = {
    contacts: [],
    period: { from: day('2026-03-02'), through: day('2026-03-30'), provisional: false },
    issuedOn: day('2026-03-03'),
  };

  it('asks for the materials of each item that needs some, and tells nothing of how the subject is classed', () => {
    const notice = visitNotice(inspection, titles, issued);
    expect(notice.materials).toEqual([{ matter: '成品油零售经营', text: '批准证书' }]);
    expect(notice.subject).toEqual({ id: '91410381MA00000001', name: '示例加油站' });
    expect(notice.lines.map(({ code }) => code)).toEqual(['YS-001', 'YS-002']);
  });

  it('says that the subject was drawn when one of its draws drew it, and named when all of them name it', () => {
    const [draw] = assignedInspection.draws;
    const named = { ...inspection, draws: [{ id: 'D-9', planNumber: '9号', how: 'named' as const }] };
    expect(visitNotice(named, titles, issued).how).toBe('named');
    const both = { ...named, draws: [...named.draws, ...(draw === undefined ? [] : [draw])] };
    expect(visitNotice(both, titles, issued).how).toBe('drawn');
  });

  it('tells nothing of a record', () => {
    const recorded = { ...inspection, record: cleanRecord };
    expect(visitNotice(recorded, titles, issued)).toEqual(visitNotice(inspection, titles, issued));
  });
});
