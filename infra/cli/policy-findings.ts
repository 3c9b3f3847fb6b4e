import { print } from './output.ts';
import type { RehearsalView } from './policy-progress.ts';

/** Findings shown on the screen; the server shows more of them. */
const SHOWN = 20;

/** What a rehearsal found, in both languages. */
export function printRehearsal(view: RehearsalView): void {
  const { id, policy, from, through, failure, found } = view;
  print(`试运行 Rehearsal ${id} · ${policy} · ${from} … ${through}`);
  countsOf(view).forEach(print);
  if (failure !== undefined) {
    const { of, on, why } = failure;
    print(`无法计算，首例 could not be computed, first: ${of}${on === undefined ? '' : ` ${on}`} ${why}`);
  }
  const findings = linesOf(view);
  findings.slice(0, SHOWN).forEach((line) => {
    print(`  ${line}`);
  });
  if (found > SHOWN) {
    print(`  … 另有 ${found - SHOWN} 项 ${found - SHOWN} more`);
  }
}

function countsOf(view: RehearsalView): string[] {
  switch (view.about) {
    case 'trigger': {
      const { looked, fired, merged, held, outdone, failed } = view.counts;
      return [
        `收到 ${looked} 条：触发 ${fired}，并入 ${merged}，缺少群体 ${held}，让于其他规则 ${outdone}，无法计算 ${failed}`,
        `${looked} received: ${fired} fired, ${merged} merged, ${held} held for want of a cohort, ${outdone} left to another policy, ${failed} not computed`,
      ];
    }
    case 'subject': {
      const { looked, operating, warned, holding, failed, byClass, byTerritory } = view.counts;
      const share = (view.shareBasisPoints / 100).toFixed(2);
      return [
        `查看 ${looked} 户，存续 ${operating} 户：预警 ${warned} 户，末日仍成立 ${holding} 户（${share} %），无法计算 ${failed} 户`,
        `${looked} subjects, ${operating} operating: ${warned} warned of, ${holding} on the last day (${share} %), ${failed} not computed`,
        `按信用风险类别 by class: ${tally(byClass)}`,
        `按区划 by territory: ${tally(byTerritory)}`,
      ];
    }
    case 'cohort': {
      const { looked, fired, failed } = view.counts;
      return [
        `${view.asOf} 的统计，无历史：${looked} 个群体，将触发 ${fired} 个，无法计算 ${failed} 个`,
        `as counted at ${view.asOf}, no history: ${looked} cohorts, ${fired} would fire, ${failed} not computed`,
      ];
    }
  }
}

function tally(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return entries.length === 0 ? 'none' : entries.map(([key, count]) => `${key} ${count}`).join(', ');
}

function linesOf(view: RehearsalView): string[] {
  switch (view.about) {
    case 'trigger':
      return view.findings.map(({ trigger, day, title, outcome, ...why }) =>
        [day, trigger, outcome, why.into ?? why.by ?? why.missing?.join(', ') ?? why.why, title]
          .filter((word) => word !== undefined)
          .join('  '),
      );
    case 'subject':
      return view.findings.map(
        ({ subject, name, territory, industry, first, days, holds }) =>
          `${first}  ${subject}  ${territory}  ${industry ?? '–'}  ${days} 日 days${holds ? '，末日成立 still' : ''}  ${name}`,
      );
    case 'cohort':
      return view.findings.map(
        ({ territory, industry, subjects, watch, warning, severe }) =>
          `${territory}  ${industry}  ${subjects} 户 subjects：关注 watch ${watch}，预警 warning ${warning}，严重 severe ${severe}`,
      );
  }
}
