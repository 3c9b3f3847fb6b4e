import type * as z from 'zod';
import type { FunctionName } from '#contracts/environment.ts';
import type { RouteKey, routes } from '#contracts/routes.ts';

/** Media types of an answer or a body that is a file and not JSON; none for an answer without a body. */
export type Media = readonly string[];

/** What is sent one way: JSON of a shape, something else, or either as the `accept` or `content-type` of the request says. */
export type Content = z.ZodType | Media | { readonly json: z.ZodType; readonly media: Media };

/**
 * What a route takes and what it answers. Handlers parse requests by it, pages call by it, tests hold every answer against
 * it, and the OpenAPI document is generated from it: there is no second description.
 */
export interface Operation {
  /** One line: Chinese, then English. */
  readonly summary: readonly [zh: string, en: string];
  readonly query?: z.ZodObject;
  /** A shape that takes `undefined` may be left out. */
  readonly body?: Content;
  /** A command that is carried out once for each `idempotency-key`, however often it is sent. */
  readonly once?: true;
  /** Answers of success by their status. What is refused is a problem document (RFC 9457) for every route. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 202 | 204 | 303, Content>>>;
}

type RoutesOf<Name extends FunctionName> = {
  [Key in RouteKey]: (typeof routes)[Key]['function'] extends Name ? Key : never;
}[RouteKey];

/** The operations of all routes of one function. */
export type Operations<Name extends FunctionName> = Readonly<Record<RoutesOf<Name>, Operation>>;
