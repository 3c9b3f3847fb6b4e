import { Webhook } from 'standardwebhooks';
import type * as z from 'zod';
import { epochMilliseconds } from '#domain/time/time.ts';
import type { TriggerReport } from '#domain/trigger/trigger.ts';
import { answered, refusalIn } from '../cli/answer.ts';
import { Failure } from '../cli/failure.ts';
import { exchange, type HttpAnswer } from '../cli/http.ts';
import type { Runner } from '../local/runner.ts';
import type { LoadedSource } from '../sample/load.ts';

/** A signed message as a sender's system would send it. */
export interface SentReport {
  readonly source: LoadedSource;
  readonly messageId: string;
  readonly report: TriggerReport;
}

/** What people, senders and the public do with the stack: HTTP and nothing else. */
export class Client {
  readonly #runner: Runner;
  readonly #tokens = new Map<string, Promise<string>>();
  #requests = 0;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** What a person of the staff reads. @throws Failure with the server's own words when it refuses */
  async read<T extends z.ZodType>(staffNo: string, path: string, schema: T): Promise<z.infer<T>> {
    const answer = await exchange({
      method: 'GET',
      url: this.#url(path),
      headers: await this.#bearer(staffNo),
    });
    return answered(`GET ${path} by ${staffNo}`, answer, schema);
  }

  /** What a person of the staff does. @throws Failure as `read` */
  async act<T extends z.ZodType>(
    staffNo: string,
    path: string,
    schema: T,
    body?: unknown,
  ): Promise<z.infer<T>> {
    this.#requests += 1;
    const answer = await exchange({
      method: 'POST',
      url: this.#url(path),
      headers: {
        ...(await this.#bearer(staffNo)),
        'idempotency-key': `demo-${this.#requests}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
    return answered(`POST ${path} by ${staffNo}`, answer, schema);
  }

  /** What everyone may read. @throws Failure as `read` */
  async look<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
    return answered(`GET ${path}`, await exchange({ method: 'GET', url: this.#url(path) }), schema);
  }

  /** A public file, byte for byte. @throws Failure as `read` */
  async download(path: string): Promise<Uint8Array> {
    const answer = await fetch(this.#url(path));
    if (!answer.ok) {
      const text = await answer.text();
      throw new Failure(
        `GET ${path} was refused: ${refusalIn({ status: answer.status, headers: {}, text })}`,
      );
    }
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Sends a report signed with the source's secret, at the time that the stack goes by. */
  async report({ source, messageId, report }: SentReport): Promise<HttpAnswer> {
    const body = JSON.stringify(report);
    const sentAt = new Date(epochMilliseconds(this.#runner.now()));
    return exchange({
      method: 'POST',
      url: this.#url(`/webhooks/${source.id}`),
      headers: {
        'content-type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(source.secret).sign(messageId, sentAt, body),
      },
      body: Buffer.from(body),
    });
  }

  #url(path: string): string {
    return this.#runner.url + path;
  }

  async #bearer(staffNo: string): Promise<Record<string, string>> {
    const { issuer } = this.#runner;
    if (issuer === undefined) {
      throw new Failure('the stack has no local issuer');
    }
    const token = this.#tokens.get(staffNo) ?? issuer.token(staffNo);
    this.#tokens.set(staffNo, token);
    return { authorization: `Bearer ${await token}` };
  }
}
