import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../json.ts';

/** A call of one function to an AWS service that the runner plays itself. */
export interface AwsCall {
  /** The function that calls, by its logical id. */
  functionId: string;
  /** What is asked, e.g. `ReceiveMessage`. */
  action: string;
  headers: IncomingHttpHeaders;
  /** What follows the service in the address; only REST has something there. */
  path: string;
  /** The body as JSON; undefined when it is none. */
  body: unknown;
}

export interface AwsAnswer {
  status: number;
  headers?: Record<string, string>;
  body: Json;
}

/** An error as the SDK reads it: its name, and what is wrong. */
export function awsError(name: string, message: string, status = 400): AwsAnswer {
  return { status, headers: { 'x-amzn-errortype': name }, body: { __type: name, message, Message: message } };
}
