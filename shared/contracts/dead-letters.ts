import * as z from 'zod';
import type { FunctionName } from './environment.ts';

/** How something came to a function: by the bus, by the clock, or from the table's stream. It says what a letter holds. */
export const LetterKind = z.enum(['event', 'schedule', 'stream']);
export type LetterKind = z.infer<typeof LetterKind>;

interface LetterPath {
  readonly kind: LetterKind;
  /** What has not been done while a letter waits: Chinese, then English. */
  readonly missing: readonly [zh: string, en: string];
  /** What a person does about it: Chinese, then English. */
  readonly advice: readonly [zh: string, en: string];
  /** Whether a letter may be sent again; of a run that the next one makes good, nothing has to be, and an old one could speak out of hours. */
  readonly sendable: boolean;
}

const AGAIN = ['排除原因后重新发送', 'Correct the cause, then send again'] as const;
const STREAM = [
  '24 小时内排除原因并重新发送；逾期流中记录已删除，须按运行手册手工补发，再结案',
  'Correct the cause and send again within 24 hours; later the stream has forgotten the record: carry it on by hand as docs/operations.md says, then close the letter',
] as const;
const NEXT_RUN = [
  '下一次定时运行会补上，不必重新发送；查明原因后结案',
  'The next run makes it good, nothing is sent again; look for the cause, then close the letter',
] as const;

/** Every asynchronous path by the function at its end, in which what could not be done waits in a queue of its own. */
export const letterPaths = {
  relay: {
    kind: 'stream',
    missing: ['事件未到事件总线，有关事项停办', 'Events did not reach the bus: their cases stand still'],
    advice: STREAM,
    sendable: true,
  },
  ledger: {
    kind: 'stream',
    missing: ['事件未入账本', 'Events are not in the ledger'],
    advice: STREAM,
    sendable: true,
  },
  triage: {
    kind: 'event',
    missing: ['触发信息未研判', 'A trigger was not judged'],
    advice: AGAIN,
    sendable: true,
  },
  draw: {
    kind: 'event',
    missing: ['抽查的拟定、冻结或开奖中断', 'A proposal, freeze or reveal of a draw stopped'],
    advice: [
      '先看事件时间：采用公告信标而其值已公布的，作废重抽；其他排除原因后重新发送',
      'Look at the age of the event first: where an announced beacon is out already, void and draw again; otherwise correct the cause, then send again',
    ],
    sendable: true,
  },
  match: {
    kind: 'event',
    missing: ['检查人员未匹配', 'Inspectors were not matched'],
    advice: AGAIN,
    sendable: true,
  },
  dispatch: {
    kind: 'event',
    missing: ['检查任务未派发完', 'A list was not handed out to its end'],
    advice: AGAIN,
    sendable: true,
  },
  imports: {
    kind: 'event',
    missing: ['上传文件的导入中断', 'The import of an uploaded file stopped'],
    advice: AGAIN,
    sendable: true,
  },
  assess: {
    kind: 'event',
    missing: ['风险扫描的一部分中断', 'A part of a scan stopped'],
    advice: AGAIN,
    sendable: true,
  },
  rehearsal: {
    kind: 'event',
    missing: ['规则试运行中断', 'The rehearsal of a policy stopped'],
    advice: AGAIN,
    sendable: true,
  },
  recount: {
    kind: 'event',
    missing: ['期限未按新日历重算完', 'Open deadlines were not all counted anew'],
    advice: AGAIN,
    sendable: true,
  },
  notify: {
    kind: 'event',
    missing: ['有关人员未收到消息', 'People were not told'],
    advice: [
      '排除原因后重新发送；法定期限临近的先以其他方式通知',
      'Correct the cause, then send again; where a statutory deadline is near, tell people in another way first',
    ],
    sendable: true,
  },
  succession: {
    kind: 'event',
    missing: ['逾期未接受的检查人员未被递补', 'Nobody came instead of those who did not accept in time'],
    advice: AGAIN,
    sendable: true,
  },
  packaging: {
    kind: 'event',
    missing: ['档案包未生成', 'The package of an archived inspection was not built'],
    advice: AGAIN,
    sendable: true,
  },
  closing: {
    kind: 'event',
    missing: ['后续处置未生成，或检查未办结', 'Follow-ups were not raised, or an inspection was not closed'],
    advice: AGAIN,
    sendable: true,
  },
  outgoing: {
    kind: 'event',
    missing: ['消息在收件箱内，未发到渠道', 'A message is in the inbox and on no channel'],
    advice: AGAIN,
    sendable: true,
  },
  signals: {
    kind: 'event',
    missing: ['投诉或检查结果未记为风险信号', 'A complaint or a result did not become a signal'],
    advice: AGAIN,
    sendable: true,
  },
  figures: {
    kind: 'event',
    missing: ['统计数字少计', 'Something is missing in the figures'],
    advice: AGAIN,
    sendable: true,
  },
  deadlines: {
    kind: 'schedule',
    missing: ['一次期限提醒未运行', 'One sweep of the deadlines did not run'],
    advice: NEXT_RUN,
    sendable: false,
  },
  beacon: {
    kind: 'schedule',
    missing: ['一次随机信标获取未运行', 'One look for drand rounds did not run'],
    advice: NEXT_RUN,
    sendable: false,
  },
  delivery: {
    kind: 'schedule',
    missing: ['一次消息投递未运行', 'One run of the sender did not run'],
    advice: NEXT_RUN,
    sendable: false,
  },
  statutory: {
    kind: 'schedule',
    missing: ['当日法定周期抽查未拟定', 'The draws that laws ask for were not proposed that day'],
    advice: NEXT_RUN,
    sendable: false,
  },
  scan: {
    kind: 'schedule',
    missing: ['当日风险扫描未启动', 'The scan of that morning did not start'],
    advice: [
      '可重新发送；次日扫描也会处理全部到期对象',
      'Send again, or leave it: the next morning looks at everything that is due by then',
    ],
    sendable: true,
  },
  certificates: {
    kind: 'schedule',
    missing: ['当日证件到期提醒未运行', 'Nobody was warned of lapsing certificates that morning'],
    advice: NEXT_RUN,
    sendable: false,
  },
} as const satisfies Readonly<Partial<Record<FunctionName, LetterPath>>>;

/** The function at the end of an asynchronous path: the path's name, and the queue's. */
export type LetterPathName = keyof typeof letterPaths;

export function isLetterPath(name: string): name is LetterPathName {
  return Object.hasOwn(letterPaths, name);
}

export const letterPathNames: readonly LetterPathName[] = Object.keys(letterPaths).filter(isLetterPath);

/** What is known of a path, in one shape for all. */
export function letterPath(name: LetterPathName): LetterPath {
  return letterPaths[name];
}

/** What the name of a queue ends with; the stack's name and the path stand before it. */
export const QUEUE_SUFFIX = '-dead-letters';
