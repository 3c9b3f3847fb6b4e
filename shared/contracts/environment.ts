import * as z from 'zod';
import { JsonText } from '#domain/canonical/json-text.ts';
import { DrandChain } from '#domain/draw/drand-chain.ts';

/** Where a drand relay is: https, or http on this machine. Several stand in one variable, with commas between. */
export const DrandRelay = z
  .url()
  .regex(
    /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])[^,\s?#]*$/,
    'must be an https URL (http on this machine only) without comma, query and fragment',
  );

const OWN_URL = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/;
const OWN_URL_SAYS = 'must be an https URL (http on this machine only)';

/** The console as a client of the issuer: a public one, that proves itself by PKCE (RFC 7636), so there is no secret to keep. */
export const SignIn = z.strictObject({
  issuer: z.url().regex(OWN_URL, OWN_URL_SAYS),
  client: z.string().min(1),
  /** What is asked for, e.g. `openid offline_access`; without the latter most issuers give no refresh token. */
  scope: z.string().regex(/(^| )openid( |$)/, 'must contain openid'),
  /** What some issuers want besides, to put the audience into the token: `resource` (RFC 8707) or `audience`. */
  parameters: z.record(z.string(), z.string()),
});
export type SignIn = z.infer<typeof SignIn>;

/** Every environment variable that a function may be given, with what it may hold. Both sides read this file: the stack sets them, the functions parse them. */
export const variables = {
  STATE_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  EVENT_BUS: z.string().min(1),
  /** Document number (文号) of a plan, with `{year}` and `{serial}`. */
  PLAN_NUMBER_TEMPLATE: z.string().includes('{serial}').includes('{year}'),
  /** Subjects of the library that one step of the gathering of a pool looks at. */
  GATHER_LIMIT: z.coerce.number().int().positive(),
  /** Staff numbers, comma-separated, that are administrators before any people are imported. */
  ADMINISTRATORS: z.string().transform((list) => list.split(',').filter((staffNo) => staffNo !== '')),
  /** The relays that a drand round is fetched from, comma-separated; the first is asked first. */
  DRAND_RELAYS: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(DrandRelay).min(1)),
  /** The drand chain that draws commit to, as JSON. */
  DRAND_CHAIN: JsonText.pipe(DrandChain),
  /** How many teams of a draw one invocation hands out; the next batch is an event of its own. */
  DISPATCH_BATCH: z.coerce.number().pipe(z.int().min(1)),
  /** How many open deadlines one step of a recount looks at. */
  RECOUNT_BATCH: z.coerce.number().pipe(z.int().min(1)),
  /** The bucket of files that come and go: uploads, what an import makes of them, exports. */
  FILES_BUCKET: z.string().min(1),
  /** The bucket of evidence, whose files are kept. */
  EVIDENCE_BUCKET: z.string().min(1),
  /** Subjects that one step of a scan looks at. */
  SCAN_STEP: z.coerce.number().pipe(z.int().min(1)),
  /** Subjects of the whole library that are looked at in a morning after a rule has changed. */
  PASS_PER_DAY: z.coerce.number().pipe(z.int().min(1)),
  /** Rows of a file that one step of an import writes. */
  IMPORT_ROWS: z.coerce.number().pipe(z.int().min(1)),
  /** Records of a library after which an export goes on in another file. */
  EXPORT_ROWS: z.coerce.number().pipe(z.int().min(1)),
  /** Public records that one file for the national system holds. */
  SUBMISSION_ROWS: z.coerce.number().pipe(z.int().min(1)),
  /** Subjects or triggers that one step of a policy's rehearsal looks at. */
  REHEARSAL_STEP: z.coerce.number().pipe(z.int().min(1)),
  /** Requests for a correction that the public can make in a day, all together. */
  CORRECTIONS_PER_DAY: z.coerce.number().pipe(z.int().min(1)),
  /** Where people and programs reach the installation: scheme and host, without a path. */
  ORIGIN: z.url().regex(OWN_URL, OWN_URL_SAYS),
  /** What the URL of every dead-letter queue begins with; the path and `-dead-letters` follow. */
  DEAD_LETTER_QUEUES: z.url(),
  /** Which function the letters of each path are sent to, as JSON. */
  DEAD_LETTER_FUNCTIONS: JsonText.pipe(z.record(z.string(), z.string().min(1))),
  /** How staff sign in to the console, as JSON. */
  SIGN_IN: JsonText.pipe(SignIn),
} as const;
export type VariableName = keyof typeof variables;

/** Which function gets which variables, by the function's folder. A name that is missing here can't be deployed. */
export const environments = {
  webhook: ['STATE_TABLE'],
  triage: ['STATE_TABLE'],
  draw: ['STATE_TABLE', 'PLAN_NUMBER_TEMPLATE', 'GATHER_LIMIT', 'DRAND_RELAYS', 'DRAND_CHAIN'],
  beacon: ['STATE_TABLE', 'DRAND_RELAYS', 'DRAND_CHAIN'],
  match: ['STATE_TABLE'],
  dispatch: ['STATE_TABLE', 'DISPATCH_BATCH'],
  inspections: ['STATE_TABLE', 'ADMINISTRATORS'],
  evidence: ['STATE_TABLE', 'ADMINISTRATORS', 'EVIDENCE_BUCKET'],
  forms: ['STATE_TABLE', 'ADMINISTRATORS'],
  deadlines: ['STATE_TABLE'],
  statutory: ['STATE_TABLE', 'PLAN_NUMBER_TEMPLATE'],
  certificates: ['STATE_TABLE'],
  scan: ['STATE_TABLE'],
  assess: ['STATE_TABLE', 'SCAN_STEP', 'PASS_PER_DAY'],
  recount: ['STATE_TABLE', 'RECOUNT_BATCH'],
  notify: ['STATE_TABLE'],
  outgoing: ['STATE_TABLE'],
  delivery: ['STATE_TABLE'],
  messaging: ['STATE_TABLE', 'ADMINISTRATORS'],
  signals: ['STATE_TABLE'],
  figures: ['STATE_TABLE'],
  relay: ['EVENT_BUS'],
  ledger: ['LEDGER_TABLE'],
  libraries: ['STATE_TABLE', 'ADMINISTRATORS', 'FILES_BUCKET', 'EXPORT_ROWS'],
  imports: ['STATE_TABLE', 'FILES_BUCKET', 'IMPORT_ROWS'],
  administration: ['STATE_TABLE', 'ADMINISTRATORS'],
  rehearsal: ['STATE_TABLE', 'REHEARSAL_STEP'],
  calendars: ['STATE_TABLE', 'ADMINISTRATORS'],
  agenda: ['STATE_TABLE', 'ADMINISTRATORS'],
  cases: ['STATE_TABLE', 'ADMINISTRATORS', 'PLAN_NUMBER_TEMPLATE'],
  monitoring: ['STATE_TABLE', 'ADMINISTRATORS'],
  corrections: ['STATE_TABLE', 'ADMINISTRATORS', 'CORRECTIONS_PER_DAY'],
  'follow-ups': ['STATE_TABLE', 'ADMINISTRATORS'],
  closing: ['STATE_TABLE'],
  succession: ['STATE_TABLE'],
  archive: ['STATE_TABLE', 'LEDGER_TABLE', 'ADMINISTRATORS', 'EVIDENCE_BUCKET'],
  packaging: ['STATE_TABLE', 'LEDGER_TABLE', 'EVIDENCE_BUCKET'],
  submissions: ['STATE_TABLE', 'ADMINISTRATORS', 'FILES_BUCKET', 'SUBMISSION_ROWS'],
  'dead-letters': ['STATE_TABLE', 'ADMINISTRATORS', 'DEAD_LETTER_QUEUES', 'DEAD_LETTER_FUNCTIONS'],
  portal: ['STATE_TABLE', 'LEDGER_TABLE'],
  console: ['STATE_TABLE', 'ORIGIN', 'SIGN_IN'],
  unmatched: [],
} as const satisfies Readonly<Record<string, readonly VariableName[]>>;
export type FunctionName = keyof typeof environments;
