import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { Instant, later } from '#domain/time/time.ts';
import { LocalRunnerError } from '../failure.ts';
import { readBody } from '../http/body.ts';
import { parseJson } from '../json.ts';
import type { DeadLetter, LocalIssuer, RunnerOptions, Sunk } from '../options.ts';
import { deadLettersPage, indexPage, messagesPage, type ShownMessage } from './pages.ts';

const Advance = z.union([
  z.strictObject({ to: Instant }),
  z.strictObject({ hours: z.number().positive() }),
  z.strictObject({ workingDays: z.int().positive() }),
]);
const TokenRequest = z.strictObject({ person: z.string() });
const BODY_LIMIT_BYTES = 64 * 1024;

export interface ControlSettings {
  now: () => Instant;
  frozen: boolean;
  advance(to: Instant): Promise<void>;
  settle(): Promise<void>;
  messages(): readonly ShownMessage[];
  /** What came to the mail server and the robots of this machine. */
  taken(): readonly Sunk[];
  deadLetters(): readonly DeadLetter[];
  addWorkingDays: RunnerOptions['addWorkingDays'];
  issuer: LocalIssuer | undefined;
  routes: readonly string[];
  schedules: readonly string[];
}

/** The runner's own pages and commands under `/_local`. */
export class Control {
  readonly #settings: ControlSettings;

  constructor(settings: ControlSettings) {
    this.#settings = settings;
  }

  static owns(pathname: string): boolean {
    return pathname === '/_local' || pathname.startsWith('/_local/');
  }

  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    // A page on the internet must not move the clock of this machine: a foreign name that points at 127.0.0.1 is
    // refused here, and a form can't send the content type that a command needs.
    if (!['127.0.0.1', 'localhost'].includes(url.hostname))
      return sendJson(response, 403, { error: 'not this machine' });
    const settings = this.#settings;
    const asksJson = (request.headers.accept ?? '').includes('application/json');
    switch (`${request.method} ${url.pathname.replace(/\/$/, '')}`) {
      case 'GET /_local':
        return sendPage(
          response,
          indexPage({
            now: settings.now(),
            frozen: settings.frozen,
            routes: settings.routes,
            schedules: settings.schedules,
            people: settings.issuer?.clients ?? [],
          }),
        );
      case 'GET /_local/clock':
        return sendJson(response, 200, { now: settings.now(), frozen: settings.frozen });
      case 'GET /_local/messages':
        if (asksJson) return sendJson(response, 200, settings.messages());
        return sendPage(response, messagesPage(settings.messages(), settings.taken()));
      case 'GET /_local/taken':
        return sendJson(response, 200, settings.taken());
      case 'GET /_local/dead-letters':
        if (asksJson) return sendJson(response, 200, settings.deadLetters());
        return sendPage(response, deadLettersPage(settings.deadLetters()));
      case 'POST /_local/settle':
        return this.#command(request, response, z.unknown(), async () => {
          await settings.settle();
          return { now: settings.now() };
        });
      case 'POST /_local/clock/advance':
        return this.#command(request, response, Advance, async (wanted) => {
          await settings.advance(this.#target(wanted));
          return { now: settings.now() };
        });
      case 'POST /_local/token':
        return this.#command(request, response, TokenRequest, async ({ person }) => {
          if (settings.issuer === undefined)
            throw new LocalRunnerError('This stack has no issuer on this machine.');
          return { access_token: await settings.issuer.token(person) };
        });
      default:
        return sendJson(response, 404, { error: `nothing is at ${request.method} ${url.pathname}` });
    }
  }

  #target(wanted: z.infer<typeof Advance>): Instant {
    const { now, addWorkingDays } = this.#settings;
    if ('to' in wanted) return wanted.to;
    if ('hours' in wanted) return later(now(), Math.round(wanted.hours * 3_600_000));
    if (addWorkingDays === undefined)
      throw new LocalRunnerError('This runner was started without a working-day calendar.');
    return addWorkingDays(now(), wanted.workingDays);
  }

  async #command<T>(
    request: IncomingMessage,
    response: ServerResponse,
    schema: z.ZodType<T>,
    run: (input: T) => Promise<object>,
  ): Promise<void> {
    if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
      return sendJson(response, 415, { error: 'send content-type: application/json' });
    }
    const body = await readBody(request, BODY_LIMIT_BYTES);
    const parsed = schema.safeParse(parseJson(body?.toString('utf8') || '{}'));
    if (!parsed.success) return sendJson(response, 400, { error: z.prettifyError(parsed.error) });
    try {
      return sendJson(response, 200, await run(parsed.data));
    } catch (error) {
      if (error instanceof LocalRunnerError) return sendJson(response, 409, { error: error.message });
      throw error;
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(html);
}
