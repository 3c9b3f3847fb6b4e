import * as z from 'zod';
import {
  operationOf,
  type AnswerOf,
  type BodyOf,
  type OperationKey,
  type QueryOf,
} from '#contracts/api/operations.ts';
import { ProblemDocument } from '#web/problem.ts';

/** What a call says besides its route. */
export interface Asking<K extends OperationKey> {
  /** For the parameters of the path, by name. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryOf<K>;
  readonly body?: BodyOf<K>;
  /** Sent again under the same key, a command is carried out once. */
  readonly once?: string;
  /** The version that was looked at: of another one the API refuses the command (If-Match, RFC 9110). */
  readonly ifVersion?: number;
}

/** A file that the API gave, or a page that it drew, to be handed on as it is. */
export interface Given {
  /** 200 when absent; 303 where the file is to be fetched from the address in `location`. */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The API refused what was asked (RFC 9457): a wrong field, a wrong state, nothing there, not for this person. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The API takes the session's token no more. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

const JSON_TYPE = 'application/json';
/** Headers of a file that a browser needs to know it by. */
const HANDED_ON = [
  'content-type',
  'content-disposition',
  'content-security-policy',
  'etag',
  'last-modified',
  // A big file lies elsewhere, and one that is not the whole names the one that follows.
  'location',
  'link',
];
/** The console's own time ends at 29 s; what takes longer than this will not be answered. */
const PATIENCE_MS = 27_000;

interface Settings {
  readonly origin: string;
  readonly token: string;
  /** Gets another token for the one that has run out; undefined when the issuer gives none. */
  readonly renew: () => Promise<string | undefined>;
}

/**
 * The HTTP API, asked as the person who is signed in, with their own token: what a page can do is what the person can do.
 * @throws ApiRefusal, SignedOut; Error for a fault of the API, whose number is in the message
 */
export class Api {
  readonly #settings: Settings;
  #token: string;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#token = settings.token;
  }

  /** Asks for JSON; the answer is parsed by the route's own schema. */
  async call<K extends OperationKey>(key: K, asking: Asking<K> = {}): Promise<AnswerOf<K>> {
    return answered(key, await this.#send(key, asking, JSON_TYPE));
  }

  /** Gives a command with a body as a form made it: what does not fit, the API refuses field by field. */
  async command<K extends OperationKey>(
    key: K,
    { body, ...rest }: Omit<Asking<K>, 'body'> & { readonly body: Readonly<Record<string, unknown>> },
  ): Promise<AnswerOf<K>> {
    return this.send(key, {
      ...rest,
      type: JSON_TYPE,
      bytes: new TextEncoder().encode(JSON.stringify(body)),
    });
  }

  /** Sends bytes: a file to a route that takes one. */
  async send<K extends OperationKey>(
    key: K,
    asking: Omit<Asking<K>, 'body'> & { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<AnswerOf<K>> {
    const { type, bytes, ...rest } = asking;
    return answered(key, await this.#send(key, rest, JSON_TYPE, { type, bytes }));
  }

  /** Asks for a file that the API has a link to, good for some minutes: the link. */
  async link<K extends OperationKey>(key: K, asking: Asking<K>): Promise<string> {
    const { headers } = await this.#send(key, asking, '*/*');
    const to = headers.get('location');
    if (to === null) {
      throw new TypeError(`${key} answers no link`);
    }
    return to;
  }

  /** Asks for a file, or a page to print. */
  async file<K extends OperationKey>(
    key: K,
    asking: Asking<K> & { readonly accept: string },
  ): Promise<Given> {
    const response = await this.#send(key, asking, asking.accept);
    const headers = HANDED_ON.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      ...(response.status === 303 ? { status: 303 } : {}),
      headers: { ...Object.fromEntries(headers), 'cache-control': 'no-store' },
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }

  async #send<K extends OperationKey>(
    key: K,
    asking: Asking<K>,
    accept: string,
    file?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<Response> {
    const { method, url } = this.#address(key, asking);
    const body = file === undefined ? bodyText(asking.body) : file.bytes;
    const ask = (): Promise<Response> =>
      fetch(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          accept,
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': file?.type ?? JSON_TYPE }),
          ...(asking.once === undefined ? {} : { 'idempotency-key': asking.once }),
          ...(asking.ifVersion === undefined ? {} : { 'if-match': `"${asking.ifVersion}"` }),
        },
        ...(body === undefined ? {} : { body }),
      });
    const first = await ask();
    const response = first.status === 401 && (await this.#renewed()) ? await ask() : first;
    return response.ok || response.status === 303 ? response : refused(key, response);
  }

  #address<K extends OperationKey>(key: K, { params = {}, query }: Asking<K>): { method: string; url: URL } {
    const [method = '', path = ''] = key.split(' ');
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) {
        throw new TypeError(`${key} needs the parameter ${name}`);
      }
      return encodeURIComponent(value);
    });
    const url = new URL(filled, this.#settings.origin);
    for (const [name, value] of Object.entries<unknown>(query ?? {})) {
      if (value !== undefined && value !== '') {
        url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
      }
    }
    return { method, url };
  }

  async #renewed(): Promise<boolean> {
    const token = await this.#settings.renew();
    if (token !== undefined) {
      this.#token = token;
    }
    return token !== undefined;
  }
}

/** What a route answered, by its own schema for that status; nothing where it has no body. */
async function answered<K extends OperationKey>(key: K, response: Response): Promise<AnswerOf<K>> {
  const text = await response.text();
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  const schema = jsonOf(key, response.status);
  const parsed = schema === undefined ? value : schema.parse(value);
  if (!isAnswer(key, parsed)) {
    throw new TypeError(`${key} answers no JSON`);
  }
  return parsed;
}

function bodyText(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

async function refused(key: string, response: Response): Promise<never> {
  if (response.status === 401) {
    throw new SignedOut(`${key} takes the token no more`);
  }
  const problem = ProblemDocument.safeParse(await response.json().catch(() => undefined));
  if (response.status < 500 && problem.success) {
    throw new ApiRefusal(problem.data);
  }
  throw new Error(`${key} answers ${response.status}: ${problem.data?.detail ?? 'no problem document'}`);
}

function jsonOf(key: string, status: number): z.ZodType | undefined {
  const content = new Map(Object.entries(operationOf(key)?.answers ?? {})).get(String(status));
  if (content === undefined || Array.isArray(content)) {
    return undefined;
  }
  return content instanceof z.ZodType ? content : 'json' in content ? content.json : undefined;
}

/** What the route's own schema took is what the route answers; a route without JSON has no schema and no answer here. */
function isAnswer<K extends OperationKey>(key: K, value: unknown): value is AnswerOf<K> {
  return value !== undefined || operationOf(key) !== undefined;
}
