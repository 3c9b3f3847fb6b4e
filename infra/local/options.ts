import type { DrandChain } from '#domain/draw/drand-chain.ts';
import type { Instant } from '#domain/time/time.ts';
import type { ClockSettings } from './clock.ts';
import type { Json } from './json.ts';

export type DeliveryKind = 'http' | 'event' | 'schedule' | 'stream' | 'direct';

/** One delivery of one thing to one function. A retry keeps the id and raises the attempt. */
export interface Delivery {
  id: string;
  attempt: number;
  kind: DeliveryKind;
}

/** An AWS call that a function is about to make; `call` counts from 1 within the attempt. */
export interface InterceptedCall {
  function: string;
  delivery: Delivery;
  call: number;
  service: string;
  action: string;
  body: Json;
}

export type Verdict = 'pass' | 'kill-before' | 'kill-after';
export type Interceptor = (call: InterceptedCall) => Verdict | Promise<Verdict>;

export interface LogLine {
  /** A function's logical id, `engine` or `runner`. */
  source: string;
  text: string;
}

export interface Person {
  id: string;
  name: string;
  /** What the sign-in page says of them. */
  role?: string;
  unit?: string;
}

/**
 * How the local drand relay answers: as it should; an hour behind; with signatures of another key; or not at all, the
 * connection being cut.
 */
export type BeaconAnswer = 'honest' | 'late' | 'wrong' | 'unreachable';

export interface RunnerOptions {
  /** Folder of a cloud assembly (`cdk.out`) that holds exactly one stack. */
  assembly: string;
  /** 0 or absent: any free port. */
  port?: number | undefined;
  /** Absent: everything in memory. */
  dataFolder?: string | undefined;
  clock: ClockSettings;
  /** An engine that is already running, used instead of starting one. */
  dynamodb?: { endpoint: string; accessKeyId: string; region?: string | undefined } | undefined;
  /** The people who can get a token from the local OpenID issuer. */
  issuer?: { people: readonly Person[] } | undefined;
  /** How the local drand relay answers at first; honestly when absent. `Runner.beacon` changes it. */
  beacon?: { answer: BeaconAnswer } | undefined;
  intercept?: Interceptor | undefined;
  /** 2 makes an asynchronous or stream delivery arrive twice. HTTP requests are never doubled here. */
  onDeliver?: ((delivery: Delivery & { function: string }) => 1 | 2) | undefined;
  onLog?: ((line: LogLine) => void) | undefined;
  /** The detail-type of the bus events that `/_local/messages` shows. */
  messageDetailType?: string | undefined;
  /** Makes random bytes of functions repeatable. For comparing two runs in a test, and for nothing else. */
  entropy?: string | undefined;
  /** Lets `/_local/clock/advance` understand working days: the instant that many working days later. */
  addWorkingDays?: ((from: Instant, days: number) => Instant) | undefined;
}

export interface DeadLetter {
  /** Logical id of the queue. */
  queue: string;
  function: string;
  kind: 'event' | 'schedule' | 'stream' | 'direct';
  at: Instant;
  /** The error of the last attempt. */
  reason: string;
  attempts: number;
  /** What SQS would hold: Lambda's destination record. */
  body: Json;
  /** What could not be handled: the event, or the stream records (SQS would hold only their range). */
  payload: Json;
}

export interface BusMessage {
  id: string;
  time: string;
  source: string;
  detailType: string;
  detail: Json;
}

export interface Runner {
  url: string;
  now(): Instant;
  /** Fires every schedule due on the way, in order of time, and settles after each. */
  advance(to: Instant): Promise<void>;
  /** Resolves when no invocation runs or waits and no stream record is undelivered. */
  settle(): Promise<void>;
  /** Calls a function directly (logical id or name) and resolves with its answer. */
  invoke(functionName: string, event: Json): Promise<Json>;
  deadLetters(): readonly DeadLetter[];
  messages(): readonly BusMessage[];
  stop(): Promise<void>;
  /** Physical table names by logical id. */
  tables: Readonly<Record<string, string>>;
  functions: readonly string[];
  dynamodb: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** The local OpenID issuer, when the template names one on this machine. */
  issuer: LocalIssuer | undefined;
  beacon: LocalRelay;
  sinks: LocalSinks;
}

/** What came to a mail server or a robot of this machine. */
export interface Sunk {
  at: Instant;
  /** `mail`, or the robot's kind. */
  by: string;
  /** The address of a letter; a robot speaks to a group. */
  to: string;
  subject: string;
  text: string;
}

/** The mail server and the robots of this machine, which take everything and pass nothing on. */
export interface LocalSinks {
  /** The port of the mail server at 127.0.0.1, another at each start. */
  smtpPort: number;
  /** A robot of each kind stands below: `/wecom`, `/dingtalk`, `/feishu`, `/webhook`. */
  robots: string;
  taken(): readonly Sunk[];
}

/** The drand relay of this machine's own chain, which is neither public nor secret. */
export interface LocalRelay {
  url: string;
  chain: DrandChain;
  /** From now on the relay answers in this way. */
  answer(how: BeaconAnswer): void;
}

export interface LocalIssuer {
  url: string;
  /** Client id and secret of each person. */
  clients: readonly { id: string; name: string; secret: string }[];
  /** An access token from the issuer's token endpoint for one person. */
  token(personId: string): Promise<string>;
}
