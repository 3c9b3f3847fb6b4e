import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { faultsOf } from './argument.ts';
import { Failure } from './failure.ts';
import type { HttpAnswer } from './http.ts';

/** The three ways in which a server says no: ours (RFC 9457), the local stack's own addresses, and the gateway. */
const Problem = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
const ControlProblem = z.object({ error: z.string() });
const GatewayProblem = z.object({ message: z.string() });

/** What these need of an answer. */
type Said = Pick<HttpAnswer, 'status' | 'headers' | 'text'>;

const SHOWN_CHARACTERS = 200;

/** The JSON of an answer; undefined when it is none. */
export function jsonIn({ text }: Pick<Said, 'text'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What a server answered, when it is of the shape.
 * @throws Failure with the server's own words when it refused, or that it is no such server
 */
export function answered<T extends z.ZodType>(what: string, answer: Said, schema: T): z.infer<T> {
  if (answer.status < 200 || answer.status > 299) {
    throw new Failure(`${what} was refused: ${refusalIn(answer)}`);
  }
  const read = schema.safeParse(jsonIn(answer));
  if (!read.success) {
    throw new Failure(`${what} was answered by something that is not Mingchou (${faultsOf(read.error)})`);
  }
  return read.data;
}

/** `401 Unauthorized: 签名无效 Signature invalid: …` */
export function refusalIn(answer: Said): string {
  const says = wordsOf(answer);
  return statusLine(answer) + (says === '' ? '' : `: ${says}`);
}

/** `202 Accepted` */
export function statusLine({ status }: Pick<Said, 'status'>): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
}

function wordsOf(answer: Said): string {
  const value = jsonIn(answer);
  const problem = Problem.safeParse(value);
  if (problem.success) {
    const { title, detail, errors = [] } = problem.data;
    return [`${title}: ${detail}`, ...errors.map((one) => `${one.pointer} ${one.detail}`)].join('; ');
  }
  const control = ControlProblem.safeParse(value);
  if (control.success) {
    return control.data.error;
  }
  const gateway = GatewayProblem.safeParse(value);
  if (gateway.success) {
    return gateway.data.message === STATUS_CODES[answer.status] ? '' : gateway.data.message;
  }
  return answer.text.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
}
