import { problems } from '#contracts/problems.ts';
import { code, page, table } from './markdown.ts';

/** docs/problems.md: every way in which a request is refused. */
export function problemsPage(): string {
  const rows = Object.entries(problems).map(([reason, [status, title]]) => [
    code(reason),
    String(status),
    title,
  ]);
  return page(
    'Problems 拒绝原因',
    'shared/contracts/problems.ts',
    `A refused request is answered with \`application/problem+json\` (RFC 9457). The \`type\` is \`urn:mingchou:problem:\` and the reason;
\`detail\` says in Chinese and English what is wrong and what would be accepted; \`errors\`, where there are any, names each field at
fault by its JSON Pointer. Nothing was changed by a request that was refused.`,
    table(['reason', 'status', 'title'], rows),
    `A fault of ours is \`urn:mingchou:problem:internal\`, status 500, with a number to quote. The gateway itself answers a missing or
invalid token with 401 and a body \`{"message": "Unauthorized"}\` that is no problem document.`,
  );
}
