import type { Policy } from '#domain/policy/policy.ts';

/** Policies of the sample district, as an administrator would write them: what a trigger of which kind calls for. */
export const SAMPLE_POLICIES: readonly (Omit<Policy, 'version' | 'effectiveFrom'> & {
  readonly effectiveFrom: string;
})[] = [
  {
    id: 'complaint-dining',
    name: '餐饮投诉触发抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.category == "complaint" && trigger.industry.startsWith("H62")',
    draw: {
      items: ['YS-GXJ-003'],
      criteria: { territory: 'from-trigger', industry: 'from-trigger' },
      beacon: { preferred: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
    },
  },
  {
    id: 'fuel-retail',
    name: '成品油零售触发抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.category in ["complaint", "referral", "monitoring"] && trigger.industry.startsWith("F5265")',
    draw: {
      items: ['YS-GXJ-005', 'YS-GXJ-007', 'YS-GXJ-008'],
      criteria: { territory: 'from-trigger', industry: ['F5265'] },
      // The value of a round that does not exist yet: nobody here can know it.
      beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
    },
  },
  {
    id: 'used-cars',
    name: '二手车流通触发抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.industry.startsWith("F5262") && trigger.category in ["complaint", "referral"]',
    draw: {
      items: ['YS-GXJ-021'],
      criteria: { industry: ['F5262'] },
      beacon: { preferred: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
    },
  },
  {
    id: 'live-commerce',
    name: '直播带货网络监测触发抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.category == "monitoring" && (trigger.industry.startsWith("F5292") || trigger.industry.startsWith("I64"))',
    draw: {
      items: ['YS-GXJ-019'],
      criteria: { territory: 'from-trigger', industry: ['F5292', 'I64'] },
      beacon: { preferred: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
    },
  },
  {
    // Two units on one visit (article 3): energy and safety of the same plants.
    id: 'heavy-industry-risk',
    name: '高耗能企业风险触发联合抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.category == "risk" && (trigger.industry.startsWith("C30") || trigger.industry.startsWith("C32"))',
    draw: {
      items: ['YS-GXJ-009', 'YS-GXJ-016'],
      criteria: { industry: ['C30', 'C32'] },
      beacon: { preferred: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
    },
  },
  {
    id: 'explosives',
    name: '民爆物品转办抽查',
    effectiveFrom: '2024-03-19',
    when: 'trigger.category == "referral" && trigger.industry.startsWith("C2671")',
    draw: {
      items: ['YS-GXJ-013'],
      criteria: { industry: ['C2671'] },
      beacon: {
        preferred: {
          kind: 'announced',
          source: '中国福利彩票双色球开奖号码',
          weekdays: [2, 4, 7],
          time: '21:15',
        },
      },
      approval: 'lead-section',
      teamSize: 2,
    },
  },
];

/** Systems that send triggers to the sample district. */
export const SAMPLE_SOURCES = [
  { id: 'hotline-12345', name: '12345 政务服务便民热线' },
  { id: 'hotline-12315', name: '12315 消费者投诉举报平台' },
  { id: 'higher-authority', name: '上级转办' },
  { id: 'network-monitor', name: '网络交易监测' },
] as const;
