import type { RouteKey, routes } from '#contracts/routes.ts';

/** The functions that answer over HTTP, but for the one that says that there is no such address. */
export type Tag = Exclude<(typeof routes)[RouteKey]['function'], 'unmatched' | 'console'>;

/** What each function's routes are for: Chinese, then English. */
export const tags: Readonly<Record<Tag, readonly [zh: string, en: string]>> = {
  webhook: ['触发信息的接入', 'Signed triggers of other systems'],
  libraries: ['名录库', 'The libraries: import, export and what is in them'],
  administration: ['规则与来源', 'Policies, their rehearsals, and webhook sources'],
  calendars: ['工作日历与期限规则', 'Arrangements of the years, and the rules of deadlines'],
  agenda: ['期限与日程', 'Deadlines of people and units, calendars to subscribe to, and figures'],
  cases: ['触发与抽查', 'Triggers, draws and the person who asks'],
  inspections: ['检查与检查人员', 'Inspections, their teams, and the inspectors'],
  evidence: ['证据', 'The files that are kept of an inspection'],
  forms: ['文书', 'The papers of an inspection and of a draw'],
  messaging: ['消息与渠道', 'How people are told, by which channels, and what became of it'],
  'dead-letters': ['死信队列', 'What could not be done, to be sent again or closed'],
  monitoring: ['信用风险监测', 'Subjects, their signals and warnings, and the scans'],
  corrections: ['更正', 'What is to be corrected of what was published'],
  'follow-ups': ['后续处置与移送', 'What follows from what was found, and clues that are handed over'],
  archive: ['归档', 'What is missing in a file, its archive number and its package'],
  submissions: ['报送国家公示系统', 'The files for the national publicity system'],
  portal: ['公示', 'What everyone reads: results, draws with their proofs, the ledger, this description'],
};

export function isTag(name: string): name is Tag {
  return Object.hasOwn(tags, name);
}
