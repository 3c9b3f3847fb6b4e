import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { TriggerReport } from '#domain/trigger/trigger.ts';
import { jsonIn, refusalIn, statusLine } from './answer.ts';
import { connectionFor } from './connection.ts';
import { Failure, UsageError } from './failure.ts';
import { bytesOf, parseJsonFile } from './files.ts';
import { exchange } from './http.ts';
import { print, printJson } from './output.ts';
import { serverTime } from './server-clock.ts';
import { messageId, senderOf, signedHeaders, webhookOf } from './signing.ts';

const Options = z.object({
  url: z.string().optional(),
  source: z.string().optional(),
  secret: z.string().optional(),
  id: z.string().optional(),
  category: z.string().optional(),
  severity: z.string().optional(),
  territory: z.string().optional(),
  industry: z.string().optional(),
  subject: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  file: z.string().optional(),
});
type Options = z.infer<typeof Options>;

/** What is sent when nothing else is asked for. It has no time of its own, so that the same id sent twice is the same message. */
const EXAMPLE = {
  category: 'complaint',
  title: '群众反映加油站计量不准',
  text: '消费者来电反映辖区内加油站加油机计量不准，要求检查。（示例 example）',
  cohort: { territory: '410381', industry: 'F5265' },
} as const;

/** `trigger send`: signs a report as a source would and posts it to its webhook. */
export async function send(given: unknown): Promise<void> {
  const options = Options.parse(given);
  const connection = connectionFor(options.url);
  const { source, secret } = senderOf(options, connection);
  const id = messageId(options.id ?? `msg_${randomUUID()}`);
  const webhook = webhookOf(secret);
  const body =
    options.file === undefined ? JSON.stringify(reportOf(options)) : await fileOf(options, options.file);
  const at = await serverTime(connection.url);
  const answer = await exchange({
    method: 'POST',
    url: `${connection.url}/webhooks/${encodeURIComponent(source)}`,
    headers: { 'content-type': 'application/json', ...signedHeaders(webhook, { id, at, body }) },
    body: Buffer.from(body),
  });
  if (answer.status < 200 || answer.status > 299) {
    throw new Failure(`the trigger was refused: ${refusalIn(answer)}`);
  }
  print(`${statusLine(answer)}  ${id} from ${source}`);
  printJson(jsonIn(answer) ?? answer.text);
}

/** The report that the options ask for, the rest of it from the example. */
function reportOf({ category, severity, territory, industry, subject, title, text }: Options): TriggerReport {
  const report = TriggerReport.safeParse({
    category: category ?? EXAMPLE.category,
    severity,
    title: title ?? EXAMPLE.title,
    text: text ?? (title === undefined ? EXAMPLE.text : undefined),
    subject: subject === undefined ? undefined : { id: subject },
    cohort: territory === undefined && industry === undefined ? EXAMPLE.cohort : { territory, industry },
  });
  if (report.success) {
    return report.data;
  }
  const [first] = report.error.issues;
  const member = String(first?.path.at(-1));
  throw new UsageError(`--${member === 'id' ? 'subject' : member} does not fit: ${first?.message}`);
}

/** The file's text as it is, once it is sure that the server would take its shape. */
async function fileOf(options: Options, file: string): Promise<string> {
  const beside = (
    ['category', 'severity', 'territory', 'industry', 'subject', 'title', 'text'] as const
  ).filter((name) => options[name] !== undefined);
  if (beside.length > 0) {
    throw new UsageError(
      `--file sends the file as it is, so --${beside[0]} has no meaning beside it; give one or the other`,
    );
  }
  const text = (await bytesOf('--file', file)).toString('utf8');
  parseJsonFile('--file', file, text, TriggerReport);
  return text;
}
