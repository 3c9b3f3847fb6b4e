import * as z from 'zod';
import { DrandRelay } from '#contracts/environment.ts';
import { DrandChain, QUICKNET } from '#domain/draw/drand-chain.ts';

/** Relays of the League of Entropy's chains that anybody may ask. */
const PUBLIC_RELAYS = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
];

/** The drand chain of an installation and the relays that it is fetched from. */
const Drand = z
  .strictObject({ relays: z.array(DrandRelay).min(1).optional(), chain: DrandChain.optional() })
  .transform(({ relays, chain = QUICKNET }, context) => {
    if (relays === undefined && chain.hash !== QUICKNET.hash) {
      context.addIssue({
        code: 'custom',
        path: ['relays'],
        message: 'must be named: the public relays do not serve a chain of your own',
      });
      return z.NEVER;
    }
    return { relays: relays ?? PUBLIC_RELAYS, chain };
  });

/** Settings of one installation. Data in cdk.json, checked here before anything is synthesized. */
export const Stage = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, 'lower-case letters, digits and hyphens, e.g. prod'),
  /** Where to deploy; both left out makes a template that fits any account and region. */
  account: z
    .string()
    .regex(/^\d{12}$/, '12 digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, e.g. cn-north-1')
    .optional(),
  /** The OpenID Connect issuer that signs staff in, and the audience its access tokens must carry. */
  issuer: z.url(),
  audience: z.string().min(1),
  /** The console at the issuer: a public client whose redirect address is `ORIGIN/console/callback`. */
  console: z
    .strictObject({
      client: z.string().min(1).default('mingchou-console'),
      scope: z.string().default('openid offline_access'),
      parameters: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  /** Where people reach the installation, e.g. https://mingchou.example.org; left out: the HTTP API's own address. */
  origin: z
    .url()
    .regex(/^https:\/\/[^/]+$/, 'https, a host, and no path')
    .optional(),
  /** Refuses to delete tables, and keeps them when the stack is deleted. */
  protectData: z.boolean(),
  logRetentionDays: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365), z.literal(731)]),
  /** Document number (文号) of a plan. */
  planNumberTemplate: z.string().includes('{year}').includes('{serial}'),
  /** How many subjects of the library one step of the gathering of a pool looks at: a few seconds and 100 MB. */
  gatherLimit: z.int().min(1).max(1_000_000).default(100_000),
  /** How many teams of a draw are handed out in one go; a longer list is handed out in several. */
  dispatchBatch: z.int().min(1).max(1_000).default(500),
  /** How many open deadlines one step looks at when a year's arrangement was imported; all of them may have to be moved. */
  recountBatch: z.int().min(1).max(1_000).default(1_000),
  /** How many rows of an uploaded file one step of its import writes: some seconds, which a crash does again. */
  importRows: z.int().min(1).max(100_000).default(10_000),
  /** How many subjects one step of a scan looks at: a minute or so. */
  scanStep: z.int().min(1).max(100_000).default(5_000),
  /** How many subjects of the whole library are looked at in a morning after a rule has changed: it is spread out so that no day is dear. */
  passPerDay: z.int().min(1).max(10_000_000).default(50_000),
  /** After how many records an export goes on in another file: what one request reads in its 29 seconds. */
  exportRows: z.int().min(1).max(100_000).default(100_000),
  /** How many public records one file for the national system holds: what is read, written and marked in the 29 seconds of a request. */
  submissionRows: z.int().min(1).max(2_000).default(1_000),
  /** How many subjects or triggers one step of a policy's rehearsal looks at: some seconds, which a crash does again. */
  rehearsalStep: z.int().min(1).max(100_000).default(10_000),
  /** How many requests for a correction the public can make in a day, all together: a flood must not bury those that are meant. */
  correctionsPerDay: z.int().min(1).max(100_000).default(200),
  /** Staff numbers of those who may administer before any people are imported. */
  administrators: z.array(z.string().regex(/^[^,\s]+$/)).min(1),
  /** Where draws get their randomness from; left out: the public chain quicknet, from its public relays. */
  drand: Drand.prefault({}),
  /** Where alarms go; without it they are seen in the console only. */
  alarmEmail: z.email().optional(),
});
export type Stage = z.infer<typeof Stage>;

const Stages = z.record(z.string(), Stage.omit({ name: true }));

/**
 * One stage out of the settings.
 * @throws Error naming the stages there are, or each setting that is wrong.
 */
export function stageOf(settings: unknown, name: string): Stage {
  const stages = Stages.safeParse(settings);
  if (!stages.success) {
    throw new Error(`the stages in cdk.json do not fit:\n${z.prettifyError(stages.error)}`);
  }
  const found = stages.data[name];
  if (found === undefined) {
    throw new Error(
      `there is no stage "${name}" in cdk.json; stages: ${Object.keys(stages.data).join(', ')}`,
    );
  }
  return Stage.parse({ ...found, name });
}
