import { correctionLifecycle } from '#domain/correction/lifecycle.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { followUpLifecycle } from '#domain/follow-up/lifecycle.ts';
import { handoverLifecycle } from '#domain/handover/lifecycle.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { standingLabels, type Lifecycle, type Standing, type Step } from '#domain/lifecycle/lifecycle.ts';
import { triggerLifecycle } from '#domain/trigger/lifecycle.ts';
import { submissionLifecycle } from '#domain/submission/submission.ts';
import { code, page, table } from './markdown.ts';

/** Every kind of record that has a life of its own, in the order in which a case meets them. */
export const lifecycles: readonly Lifecycle<string, string>[] = [
  triggerLifecycle,
  drawLifecycle,
  inspectionLifecycle,
  followUpLifecycle,
  handoverLifecycle,
  correctionLifecycle,
  submissionLifecycle,
];

/** docs/lifecycles.md: the diagram and the permission table of each lifecycle. */
export function lifecyclesPage(): string {
  return page(
    'Lifecycles 流程',
    'the lifecycle.ts beside each record in shared/domain',
    `Each record is in one state, and a command is taken in the states of its row only; a refused one answers 409 \`wrong-state\` and says which
state the record is in and which would be accepted. Who may give it is asked before its state: somebody to whom the record is nothing
gets the 404 of a record that does not exist, and somebody who sees it and may not gets 403. *System* is what follows by itself from
what was done before; nobody can ask for it.`,
    table(
      ['who', '中文', 'is'],
      standings.map(([who, is]) => [code(who), standingLabels[who], is]),
    ),
    ...lifecycles.map(sectionOf),
  );
}

const standings: readonly (readonly [Standing, string])[] = [
  ['team', 'a member of the inspection’s team, whatever their role'],
  [
    'unit',
    'the head of a unit that has items on the form or people on the team; of a draw, of a unit that sends a team',
  ],
  ['lead-section', 'owns plans and draws, watches everything'],
  ['business-section', 'owns check items'],
  ['supervisor', 'gets escalations, reads everything'],
  ['administrator', 'libraries, rules and calendars; reads everything'],
  ['public', 'anybody, without signing in'],
  ['system', 'no person'],
];

function sectionOf(lifecycle: Lifecycle<string, string>): string {
  const { name, zh, statuses, begins, steps } = lifecycle;
  return [
    `## ${name} ${zh}`,
    diagramOf(lifecycle),
    table(
      ['command', '中文', 'article', 'by', ...Object.keys(statuses)],
      [
        [
          code('–'),
          begins.zh,
          '–',
          byOf(begins.by),
          ...Object.keys(statuses).map((one) => (begins.in.includes(one) ? '●' : '')),
        ],
        ...Object.entries(steps).map(([command, step]) => [
          code(command),
          step.zh,
          step.article ?? '–',
          byOf(step.by),
          ...Object.keys(statuses).map((status) => cellOf(step, status)),
        ]),
      ],
    ),
    'A cell names the states that the command may lead to from the state of its column; ● is where a record begins.',
  ]
    .map((part) => part.trim())
    .join('\n\n');
}

function byOf(by: readonly Standing[]): string {
  return by.map(code).join(', ');
}

function cellOf(step: Step<string>, status: string): string {
  return step.from.includes(status) ? targetsOf(step, status).map(code).join(' ') : '';
}

function targetsOf({ to }: Step<string>, from: string): readonly string[] {
  return to === 'unchanged' ? [from] : to;
}

/** A state diagram in Mermaid, which the places where these pages are read draw. Commands with the same ends share an arrow. */
function diagramOf({ statuses, begins, steps }: Lifecycle<string, string>): string {
  const arrows = new Map<string, string[]>();
  for (const [command, step] of Object.entries(steps)) {
    for (const from of step.from) {
      for (const to of targetsOf(step, from)) {
        const arrow = `${from} --> ${to}`;
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), `${step.zh} ${command}`]);
      }
    }
  }
  const leaves = (status: string) =>
    [...arrows.keys()].some((arrow) => arrow.startsWith(`${status} --> `) && !arrow.endsWith(`> ${status}`));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(statuses).map(([status, zh]) => `  ${status}: ${zh} ${status}`),
    ...begins.in.map((status) => `  [*] --> ${status}: ${begins.zh}`),
    ...[...arrows].map(([arrow, commands]) => `  ${arrow}: ${commands.join(' / ')}`),
    ...Object.keys(statuses).flatMap((status) => (leaves(status) ? [] : [`  ${status} --> [*]`])),
    '```',
  ].join('\n');
}
