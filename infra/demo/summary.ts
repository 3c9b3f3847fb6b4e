import { dateInShanghai, epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { Failure } from '../cli/failure.ts';
import { checkLedger } from './checks.ts';
import { inspectionOf } from './visits.ts';
import type { Line } from './timeline.ts';
import type { Stage } from './story.ts';

/** What it all came to, read from the stack once more and not from what was counted on the way. */
export async function summarize({ runner, client, chronicle }: Stage, start: Instant): Promise<Line[]> {
  const at = runner.now();
  const head = await checkLedger(client);
  const { entries, messages } = chronicle.counts;
  if (head.seq !== entries) {
    throw new Failure(`verify the ledger: it ends with entry ${head.seq}, and ${entries} entries were told`);
  }
  const dead = runner.deadLetters();
  if (dead[0] !== undefined) {
    throw new Failure(
      `${dead.length} deliveries failed for good, the first in ${dead[0].function}: ${dead[0].reason}`,
    );
  }
  const states = new Map<string, number>();
  for (const { about } of chronicle.of('inspection.assigned')) {
    const { status } = await inspectionOf(client, about.id);
    states.set(status, (states.get(status) ?? 0) + 1);
  }
  const late = chronicle.of('inspection.published').filter(({ data }) => !data.onTime).length;
  const days = Math.round((epochMilliseconds(at) - epochMilliseconds(start)) / 86_400_000);
  const seconds = Number((performance.now() / 1000).toFixed(1));
  const inspections = Object.fromEntries(states);
  return [
    {
      at,
      step: 'ledger.verified',
      zh: `账本核验通过：${head.seq} 条逐条相扣，末条 ${head.hash}`,
      en: `ledger verified from its first entry to its head: ${head.seq} entries, every link holds`,
      facts: { entries: head.seq, hash: head.hash },
    },
    {
      at,
      step: 'summary',
      zh: `合计：检查 ${texts(states).join('、')}（逾期公示 ${late}），消息 ${messages} 条，账本 ${head.seq} 条，模拟 ${days} 天（${dateInShanghai(start)} 至 ${dateInShanghai(at)}），实际用时 ${seconds} 秒`,
      en: `inspections ${texts(states).join(', ')} (${late} published late), ${messages} messages, ${head.seq} ledger entries, ${days} simulated days, ${seconds} real seconds`,
      facts: { inspections, late, messages, entries: head.seq, days, seconds, deadLetters: dead.length },
    },
  ];
}

function texts(states: ReadonlyMap<string, number>): string[] {
  return [...states].map(([state, count]) => `${state} ${count}`);
}
