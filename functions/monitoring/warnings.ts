import { AcknowledgementBody, WarningDismissal, WarningQuery } from '#contracts/api/monitoring.ts';
import { answerOnce, causationOf, type Asked, type Decided } from '#commands/once.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { decideByHand } from '#domain/risk/standing.ts';
import { RiskWarning, type WarningCommand } from '#domain/risk/warning.ts';
import { settled } from '#store/commit.ts';
import { looking } from '#store/looking.ts';
import { cellIncrements, loadRisk, loadWarning, savedRisk, savedWarning, warningsOf } from '#store/risk.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, jsonBody, param, type HttpRequest } from '#web/request.ts';
import { DECIDING, staff, store, WATCHING } from './asking.ts';

const SHOWN = 100;

/** The warnings of a status, newest first; `next` is there while others may follow. */
export async function listWarnings(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { status, after, ...filter } = queryOf(request, WarningQuery);
  const from = after === undefined ? undefined : placeIn(after);
  const { rows, last } = await looking(
    (limit) => warningsOf(store(), status, limit, from),
    SHOWN,
    Object.keys(filter).length === 0 ? undefined : (warning) => meets(warning, filter),
  );
  return json(200, {
    warnings: rows,
    ...(last === undefined ? {} : { next: `${last.raisedOn}#${last.id}` }),
  });
}

function placeIn(after: string): Pick<RiskWarning, 'id' | 'raisedOn'> {
  return RiskWarning.pick({ id: true, raisedOn: true }).parse({
    raisedOn: after.slice(0, 10),
    id: after.slice(11),
  });
}

function meets(
  warning: RiskWarning,
  { level, territory, industry }: Pick<WarningQuery, 'level' | 'territory' | 'industry'>,
): boolean {
  return (
    (level === undefined || warning.level === level) &&
    (territory === undefined || warning.territory.startsWith(territory)) &&
    (industry === undefined || warning.industry?.startsWith(industry) === true)
  );
}

export async function warningById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  return json(200, await loadWarning(store(), param(request, 'id')));
}

/** Says that somebody has seen a warning and deals with it. */
export async function acknowledgeWarning(request: HttpRequest): Promise<Answer> {
  const { staffNo: by } = await staff(request, DECIDING);
  const body = jsonBody(request, AcknowledgementBody);
  return decide(request, { kind: 'acknowledge', by, at: request.at, note: body.note });
}

/** Says why a warning is none: its subject no longer counts in its cohort, until a rule says more. */
export async function dismissWarning(request: HttpRequest): Promise<Answer> {
  const { staffNo: by } = await staff(request, DECIDING);
  const body = jsonBody(request, WarningDismissal);
  return decide(request, { kind: 'dismiss', by, at: request.at, note: body.note });
}

function decide(request: HttpRequest, command: WarningCommand): Promise<Answer> {
  const asked: Asked = { store: store(), consumer: 'monitoring', request, staffNo: command.by };
  const decided = async (): Promise<Decided> => {
    const current = await loadWarning(store(), param(request, 'id'));
    const standing = await loadRisk(store(), current.subject.id);
    if (standing === undefined) throw new TypeError(`${current.id} is of a subject without a standing`);
    const { warning, standing: next, cells } = decideByHand(standing, current, command);
    return {
      answer: warning,
      writes: [savedWarning(warning), savedRisk(next)],
      increments: cellIncrements(cells),
      events: [eventOf(warning, command, causationOf(asked))],
    };
  };
  return settled(() => answerOnce(asked, decided));
}

function eventOf(warning: RiskWarning, command: WarningCommand, causation: string): MingchouEvent {
  const facts = {
    time: command.at,
    about: { kind: 'warning', id: warning.id, version: warning.version },
    correlation: warning.id,
    causation,
    actor: { kind: 'person', id: command.by },
  } as const;
  const whom = { subjectId: warning.subject.id, subjectName: warning.subject.name };
  return command.kind === 'dismiss'
    ? newEvent('warning.dismissed', { ...facts, data: { ...whom, note: command.note } })
    : newEvent('warning.acknowledged', {
        ...facts,
        data: { ...whom, ...(command.note === undefined ? {} : { note: command.note }) },
      });
}
