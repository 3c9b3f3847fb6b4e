import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { EventType } from '#contracts/catalogue.ts';
import type { FunctionName } from '#contracts/environment.ts';
import { EVENT_SOURCE } from '#contracts/events.ts';
import { functionNamed, keepFailures, type AsyncPath, type AsyncPaths } from './capability.ts';
import type { Foundation } from './foundation.ts';

interface Consumer {
  readonly hears: readonly EventType[];
  /** Of those, the ones whose data is like this: what a function would only put aside need not start it. */
  readonly whose?: Readonly<Record<string, unknown[]>>;
  readonly description: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
}

/** Which function hears which events. Each has a rule of its own, retries, and a queue for what it could not handle. */
export const consumers = {
  triage: { hears: ['trigger.received'], description: 'Lets the policies look at a trigger' },
  draw: {
    hears: [
      'trigger.fired',
      'draw.approved',
      'draw.freeze-requested',
      'draw.gathering',
      'draw.committed',
      'draw.beacon-arrived',
      'draw.dispatched',
      'inspection.published',
      'warning.check-due',
    ],
    description: 'Proposes, gathers, freezes, commits, reveals and closes draws',
    memoryMb: 1769,
    timeoutSeconds: 900,
  },
  match: {
    hears: ['draw.drawn', 'draw.match-requested'],
    description: 'Draws the inspectors',
    memoryMb: 1769,
    timeoutSeconds: 300,
  },
  dispatch: {
    hears: ['draw.matched', 'draw.dispatching'],
    description: 'Makes and hands out the inspections',
    timeoutSeconds: 300,
  },
  imports: {
    hears: ['library.import-started', 'library.import-continued'],
    description: 'Imports uploaded files step by step',
    memoryMb: 1769,
    timeoutSeconds: 900,
  },
  assess: {
    hears: ['scan.continued', 'scan.weighing'],
    description: 'Looks at the subjects that are due, and weighs their cohorts',
    memoryMb: 1769,
    timeoutSeconds: 900,
  },
  rehearsal: {
    hears: ['rehearsal.started', 'rehearsal.continued'],
    description: 'Rehearses policies before they are adopted',
    memoryMb: 1769,
    timeoutSeconds: 900,
  },
  recount: {
    hears: ['calendar.adopted', 'calendar.recounting'],
    description: 'Counts open deadlines anew when a year is announced or corrected',
    timeoutSeconds: 300,
  },
  notify: {
    hears: [
      'calendar.recounted',
      'inspection.assigned',
      'inspection.joined',
      'inspection.recused',
      'inspection.replaced',
      'inspection.assigned-directly',
      'draw.staffing-requested',
      'draw.dispatched',
      'deadline.reminded',
      'deadline.requested',
      'deadline.granted',
      'deadline.request-refused',
      'deadline.resumed',
      'trigger.held',
      'trigger.merged',
      'inspector.warned',
      'scan.finished',
      'draw.proposed',
      'draw.beacon-unavailable',
      'draw.committed',
      'draw.beacon-entered',
      'draw.unstaffed',
      'draw.voided',
      'correction.received',
      'inspection.withdrawn',
      'follow-up.raised',
      'follow-up.offered',
      'follow-up.accepted',
      'follow-up.declined',
      'handover.raised',
      'handover.sent',
      'handover.returned',
    ],
    description: 'Puts messages into inboxes',
    // Everybody whom a recount concerns gets a message: some hundreds of people.
    timeoutSeconds: 120,
  },
  succession: {
    hears: ['deadline.reminded'],
    whose: { deadline: ['accept'], remaining: Match.lessThan(0) },
    description: 'Lets the next in line come instead of those who did not answer',
  },
  packaging: {
    hears: ['inspection.archived'],
    description: 'Builds the package of an archived inspection',
    memoryMb: 1769,
    timeoutSeconds: 900,
  },
  closing: {
    hears: ['inspection.published', 'follow-up.closed', 'handover.closed'],
    description: 'Raises follow-ups, and closes an inspection with the last that hangs off it',
  },
  outgoing: {
    hears: ['message.posted'],
    description: 'Puts messages on the channels of those whom they are for',
    // A mail server that says nothing is waited for.
    timeoutSeconds: 300,
  },
  signals: {
    hears: ['trigger.received', 'inspection.published'],
    description: 'Keeps what speaks for or against a subject',
  },
  figures: {
    hears: [
      'trigger.received',
      'warning.raised',
      'warning.changed',
      'inspection.assigned',
      'inspection.joined',
      'inspection.replaced',
      'inspection.assigned-directly',
      'inspection.published',
      'inspection.republished',
      'inspection.withdrawn',
    ],
    description: 'Counts what pictures and tables show',
  },
} as const satisfies Readonly<Partial<Record<FunctionName, Consumer>>>;

function isConsumer(name: string): name is keyof typeof consumers {
  return Object.hasOwn(consumers, name);
}

/** The functions that hear events of the bus. */
export class Consumers extends Construct {
  readonly paths: AsyncPaths;

  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'consumers');
    this.paths = new Map(
      Object.keys(consumers)
        .filter(isConsumer)
        .map((name) => [name, this.consume(foundation, name, consumers[name])]),
    );
  }

  private consume(
    foundation: Foundation,
    name: FunctionName,
    { hears, whose, ...shape }: Consumer,
  ): AsyncPath {
    const made = functionNamed(this, foundation, name, shape);
    const deadLetters = keepFailures(this, foundation, name, made);
    new Rule(this, `${name}-rule`, {
      eventBus: foundation.bus,
      description: `The events that ${name} hears`,
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: [...hears],
        ...(whose === undefined ? {} : { detail: { data: whose } }),
      },
      targets: [
        new LambdaFunction(made.lambda, {
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
          deadLetterQueue: deadLetters.queue,
        }),
      ],
    });
    return { lambda: made.lambda, queue: deadLetters.queue };
  }
}
