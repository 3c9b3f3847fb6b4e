import { isProblemReason, problems } from '#contracts/problems.ts';
import { type Route, routes } from '#contracts/routes.ts';
import { TriggerReport, triggerCategoryLabels } from '#domain/trigger/trigger.ts';
import { fieldTable } from './fields.ts';
import { code, page, table } from './markdown.ts';

const ACCESS: Readonly<Record<Route['access'], string>> = {
  signature: 'signature 签名',
  staff: 'staff 工作人员',
  session: 'session 会话',
  public: 'public 公开',
};

/** docs/routes.md: every route of the HTTP API, and the body of a webhook. */
export function routesPage(): string {
  return page(
    'Routes 接口',
    'shared/contracts/routes.ts and shared/domain/trigger/trigger.ts',
    `*signature*: proved by the sender's [Standard Webhooks](https://www.standardwebhooks.com/) signature. *staff*: by a bearer token of
the installation's OpenID Connect issuer, whose \`sub\` is the staff number 工号; what a person may do follows from the role.
*session*: pages of the console, by its own cookie.
*public*: for everyone to read, and to ask for a correction 更正. What is refused is answered with a problem document, see [problems.md](problems.md).
What each takes and answers is in [openapi.json](openapi.json) (OpenAPI 3.1); every installation gives it out at \`/public/openapi.json\`, and as
pages to read at \`/public/api\`.`,
    table(
      ['method', 'path', 'access', 'function'],
      entriesOf(routes).map(([key, route]) => {
        const [method = '', path] = key.split(' ');
        return [
          path === undefined ? 'any' : code(method),
          path === undefined ? 'any other' : code(path),
          ACCESS[route.access],
          code(route.function),
        ];
      }),
    ),
    `## The body of a webhook

\`POST /webhooks/{source}\` takes \`application/json\` in UTF-8, at most 256 KiB, with these headers:`,
    table(
      ['header', 'content'],
      [
        [
          code('webhook-id'),
          "the sender's id of the message; the same id with the same body is the same trigger 触发",
        ],
        [code('webhook-timestamp'), 'seconds since 1970; at most 5 minutes from our clock'],
        [
          code('webhook-signature'),
          '`v1,` and base64 of HMAC-SHA-256 over `id.timestamp.body` with the secret of the source; several are separated by spaces',
        ],
      ],
    ),
    fieldTable(TriggerReport),
    `Categories: ${Object.entries(triggerCategoryLabels)
      .map(([category, label]) => `${code(category)} ${label}`)
      .join(', ')}. A field that is not in the table is refused (${reason('body-invalid')}).`,
    'An example is sent by `npm run --silent mingchou -- trigger send`.',
  );
}

/** A reason that the page names has to be one of the catalogue. */
function reason(name: string): string {
  if (!isProblemReason(name)) {
    throw new Error(`${name} is no reason of shared/contracts/problems.ts`);
  }
  return `${code(name)}, ${problems[name][0]}`;
}

function entriesOf(all: Readonly<Record<string, Route>>): [string, Route][] {
  return Object.entries(all);
}
