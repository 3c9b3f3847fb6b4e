import type * as z from 'zod';
import type { RouteKey } from '#contracts/routes.ts';
import { administrationOperations } from './administration.ts';
import { agendaOperations } from './agenda.ts';
import { archiveOperations } from './archive.ts';
import { calendarsOperations } from './calendars.ts';
import { casesOperations } from './cases.ts';
import { correctionsOperations } from './corrections.ts';
import { deadLettersOperations } from './dead-letters.ts';
import { evidenceOperations } from './evidence.ts';
import { followUpsOperations } from './follow-ups.ts';
import { formsOperations } from './forms.ts';
import { inspectionsOperations } from './inspections.ts';
import { librariesOperations } from './libraries.ts';
import { messagingOperations } from './messaging.ts';
import { monitoringOperations } from './monitoring.ts';
import { portalOperations } from './portal.ts';
import { submissionsOperations } from './submissions.ts';
import { webhookOperations } from './webhook.ts';
import type { Operation } from './operation.ts';

/** The routes that are described: all but the console's, which are pages, and the one that answers what no route takes. */
type ApiRoute = Exclude<RouteKey, '$default' | `${string} /console${string}`>;

/** What every route takes and answers. */
export const operations = {
  ...administrationOperations,
  ...agendaOperations,
  ...archiveOperations,
  ...calendarsOperations,
  ...casesOperations,
  ...correctionsOperations,
  ...deadLettersOperations,
  ...evidenceOperations,
  ...followUpsOperations,
  ...formsOperations,
  ...inspectionsOperations,
  ...librariesOperations,
  ...messagingOperations,
  ...monitoringOperations,
  ...portalOperations,
  ...submissionsOperations,
  ...webhookOperations,
} as const satisfies Readonly<Record<ApiRoute, Operation>>;
export type OperationKey = keyof typeof operations;

type Of<K extends OperationKey> = (typeof operations)[K];

/** The shape of what is sent as JSON; never where it is a file. */
type JsonOf<C> = C extends z.ZodType ? C : C extends { readonly json: infer J extends z.ZodType } ? J : never;

/** The query of a route, as it is asked. */
export type QueryOf<K extends OperationKey> =
  Of<K> extends { readonly query: infer Q extends z.ZodType } ? z.input<Q> : undefined;

/** The JSON body of a route, as it is sent. */
export type BodyOf<K extends OperationKey> =
  Of<K> extends { readonly body: infer B } ? z.input<JsonOf<B>> : undefined;

/** What a route answers as JSON when it succeeds, as it is read. */
export type AnswerOf<K extends OperationKey> = z.output<JsonOf<Of<K>['answers'][keyof Of<K>['answers']]>>;

/** The operation of a route, where it has one. */
export function operationOf(route: string): Operation | undefined {
  return new Map<string, Operation>(Object.entries(operations)).get(route);
}
