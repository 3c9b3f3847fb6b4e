import * as z from 'zod';
import type { FieldError } from '#domain/refusal/refusal.ts';
import type { Instant } from '#domain/time/time.ts';
import { refuse } from './problem.ts';

/** A request as the functions see it: raw bytes, so that a signature can be checked before anything is parsed. */
export interface HttpRequest {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** By name, as the browser sent them; only pages of a browser have any. */
  readonly cookies?: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** When the request came in, by the gateway's clock. */
  readonly at: Instant;
  readonly id: string;
  /** The `sub` of the verified token; absent on routes without one. */
  readonly person?: string;
}

/** No id of ours is longer, and the table's keys take 2,048 bytes: a longer one names nothing, and asking would be an error. */
const MAX_PARAM_LENGTH = 256;

/**
 * A path parameter that the route has.
 * @throws TypeError when the route has none of that name: a defect of ours. Refusal `not-found` when it is too long to name anything.
 */
export function param(request: HttpRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) {
    throw new TypeError(`route ${request.route} has no parameter ${name}`);
  }
  return value.length <= MAX_PARAM_LENGTH
    ? value
    : refuse('not-found', `地址中的 ${name} 过长 The ${name} in the address is too long to name anything.`);
}

/**
 * The body's text.
 * @throws Refusal `body-too-large`, `encoding-invalid`.
 */
export function bodyText(request: HttpRequest, maxBytes: number): string {
  if (request.body.byteLength > maxBytes) {
    refuse(
      'body-too-large',
      `请求体 ${request.body.byteLength} 字节，上限 ${maxBytes} 字节 The body has ${request.body.byteLength} bytes; at most ${maxBytes} are accepted.`,
    );
  }
  const text = utf8(request.body);
  // API Gateway hands text over with each byte that is not UTF-8 replaced; what is left would fail as a wrong signature.
  return text === undefined || text.includes('\uFFFD')
    ? refuse('encoding-invalid', '请求体须为 UTF-8 The body is not valid UTF-8.')
    : text;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder throws for nothing else; the caller says what is wrong.
    return undefined;
  }
}

/** @throws Refusal `media-type-unsupported` unless the body is declared as one of the types. */
export function requireMediaType(request: HttpRequest, accepted: readonly string[]): void {
  const declared = request.headers['content-type'] ?? '';
  const [essence = '', ...parameters] = declared.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (!accepted.includes(essence)) {
    refuse(
      'media-type-unsupported',
      `内容类型“${declared}”不支持，须为 ${accepted.join(' / ')} Content-Type "${declared}" is not accepted; send ${accepted.join(' or ')}.`,
    );
  }
  if (
    essence === 'application/json' &&
    charset !== undefined &&
    charset !== 'utf-8' &&
    charset !== '"utf-8"'
  ) {
    refuse(
      'media-type-unsupported',
      `JSON 须为 UTF-8，而非 ${charset} JSON is sent as UTF-8, not ${charset} (RFC 8259).`,
    );
  }
}

/**
 * Text as JSON of a shape.
 * @throws Refusal `json-invalid`, or `body-invalid` naming all the fields that are wrong.
 */
export function parseJson<T extends z.ZodType>(text: string, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(
      'json-invalid',
      `请求体不是 JSON The body is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const parsed = schema.safeParse(value);
  // What was parsed is looked at, not what came: its depth is the schema's, not the sender's.
  const faults = parsed.success ? halfCharacters(parsed.data, '') : fieldErrors(parsed.error);
  return parsed.success && faults.length === 0
    ? parsed.data
    : refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', faults);
}

/** Texts with half a surrogate pair (`"\ud842"`): they have no UTF-8 form, so they could be neither stored nor hashed. */
function halfCharacters(value: unknown, pointer: string): FieldError[] {
  if (typeof value === 'string') {
    return value.isWellFormed() ? [] : [{ pointer, detail: '含不完整的字符 holds half of a surrogate pair' }];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => halfCharacters(member, `${pointer}/${escaped(key)}`))
    : [];
}

/** A member's name as a step of a JSON Pointer (RFC 6901). */
function escaped(step: PropertyKey): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The JSON body of a request. @throws Refusal as requireMediaType, bodyText and parseJson do. */
export function jsonBody<T extends z.ZodType>(
  request: HttpRequest,
  schema: T,
  maxBytes = 256 * 1024,
): z.infer<T> {
  requireMediaType(request, ['application/json']);
  return parseJson(bodyText(request, maxBytes), schema);
}

/** The query of a request. @throws Refusal `query-invalid` naming each parameter that does not fit */
export function queryOf<T extends z.ZodType>({ query }: HttpRequest, schema: T): z.infer<T> {
  const parsed = schema.safeParse(query);
  return parsed.success
    ? parsed.data
    : refuse(
        'query-invalid',
        '查询参数有误，见 errors The query does not fit; see errors.',
        fieldErrors(parsed.error),
      );
}

/** Each issue as a JSON Pointer (RFC 6901) with what would be accepted; each unknown key is named by its own pointer. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.map((step) => `/${escaped(step)}`).join('');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: `${at}/${escaped(key)}`, detail: '未知字段 unknown field' }))
      : [{ pointer: at, detail: issue.message }];
  });
}

/** Whether the reader is a program that asked for JSON. */
export function wantsJson({ headers, query }: HttpRequest): boolean {
  return query['format'] === 'json' || (headers['accept'] ?? '').includes('application/json');
}

/** Whether the reader is a person with a browser, where a program that asks for nothing in particular gets JSON. */
export function wantsHtml({ headers, query }: HttpRequest): boolean {
  return query['format'] !== 'json' && (headers['accept'] ?? '').includes('text/html');
}

/** The fields of a form of ours, as a browser posts it without any script. @throws Refusal as requireMediaType and bodyText do */
export function formBody(request: HttpRequest, maxBytes: number): Readonly<Record<string, string>> {
  requireMediaType(request, [FORM_TYPE]);
  return Object.fromEntries(new URLSearchParams(bodyText(request, maxBytes)));
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Whether a browser sent a form. */
export function isForm({ headers }: HttpRequest): boolean {
  return (headers['content-type'] ?? '').toLowerCase().startsWith(FORM_TYPE);
}
