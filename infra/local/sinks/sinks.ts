import type { IncomingMessage, ServerResponse } from 'node:http';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import * as z from 'zod';
import type { Instant } from '#domain/time/time.ts';
import { Journal } from '../delivery/journal.ts';
import { readBody } from '../http/body.ts';
import { parseJson } from '../json.ts';
import type { LocalSinks, Sunk } from '../options.ts';

/** Under this path of the runner stand robots and a webhook that take whatever they are told. */
const PATH = '/_local/robots';
const BODY_LIMIT_BYTES = 1024 * 1024;

const SunkSchema = z.object({
  at: z.iso.datetime().brand<'Instant'>(),
  by: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
});
/** How each kind of receiver says that it has taken something. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['wecom', '{"errcode":0,"errmsg":"ok"}'],
  ['dingtalk', '{"errcode":0,"errmsg":"ok"}'],
  ['feishu', '{"code":0,"msg":"success"}'],
  ['webhook', '{}'],
]);

/**
 * Where messages of the stack end on this machine: a real mail server that takes every letter, and robots. Nothing goes any
 * further; the runner's page shows what came.
 */
export class Sinks {
  readonly #now: () => Instant;
  readonly #taken: Journal<Sunk>;
  readonly #mail: SMTPServer;

  private constructor(now: () => Instant, file: string | undefined) {
    this.#now = now;
    this.#taken = new Journal<Sunk>(file, SunkSchema);
    this.#mail = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
          this.#letter(to, Buffer.concat(chunks)).then(() => done(), done);
        });
      },
    });
    // A client that is killed in the middle of a letter is nothing that this server has to fear.
    this.#mail.on('error', () => undefined);
  }

  /** Starts them. @param file where what came is kept; in memory when absent */
  static async start(now: () => Instant, file: string | undefined): Promise<Sinks> {
    const sinks = new Sinks(now, file);
    await new Promise<void>((resolve, reject) => {
      sinks.#mail.server.once('error', reject);
      sinks.#mail.listen(0, '127.0.0.1', () => resolve());
    });
    return sinks;
  }

  static owns(pathname: string): boolean {
    return pathname.startsWith(`${PATH}/`);
  }

  /** Where they are, for whoever sets channels up. */
  addresses(url: string): LocalSinks {
    const address = this.#mail.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { smtpPort: port, robots: url + PATH, taken: () => this.#taken.all() };
  }

  async answer(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const kind = pathname.slice(PATH.length + 1);
    const said = TAKEN.get(kind);
    if (said === undefined || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const body = await readBody(request, BODY_LIMIT_BYTES);
    const text = textOf(body?.toString('utf8') ?? '');
    const [subject = '', ...rest] = text.split('\n');
    this.#take({ by: kind, to: '', subject, text: rest.join('\n') });
    response.writeHead(200, { 'content-type': 'application/json' }).end(said);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#mail.close(() => resolve());
    });
  }

  async #letter(to: string, raw: Buffer): Promise<void> {
    const { subject = '', text = '' } = await PostalMime.parse(raw);
    this.#take({ by: 'mail', to, subject, text });
  }

  #take(taken: Omit<Sunk, 'at'>): void {
    this.#taken.add({ at: this.#now(), ...taken });
  }
}

const Told = z.union([
  z.looseObject({ text: z.object({ content: z.string() }) }).transform(({ text }) => text.content),
  z.looseObject({ content: z.object({ text: z.string() }) }).transform(({ content }) => content.text),
  z
    .looseObject({ data: z.looseObject({ subject: z.string(), text: z.string() }) })
    .transform(({ data }) => `${data.subject}\n${data.text}`),
]);

/** What a robot was told, whichever vendor's format it is in; the body as it is when it is in none. */
function textOf(body: string): string {
  const told = Told.safeParse(parseJson(body));
  return told.success ? told.data : body;
}
