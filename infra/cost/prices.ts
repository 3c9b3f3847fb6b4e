/**
 * AWS list prices in US dollars, on demand, region us-east-1, as they were known for June 2025 and to be checked before anyone relies
 * on them. The China regions have a list of their own, in CNY. What is free each month, and for a new account, is left out.
 */
export const PRICES = {
  asOf: 'June 2025',
  region: 'us-east-1',
  /** DynamoDB on-demand, a million request units. */
  readMillion: 0.125,
  writeMillion: 0.625,
  /** DynamoDB, a gigabyte for a month; backup is point-in-time recovery. Lambda's reading of a stream is free. */
  storageGigabyte: 0.25,
  backupGigabyte: 0.2,
  /** Lambda on x86. */
  invocationMillion: 0.2,
  gigabyteSecond: 0.0000166667,
  /** EventBridge, a million custom events of up to 64 KB. */
  eventMillion: 1,
  /** API Gateway HTTP API, a million requests of up to 512 KB. */
  requestMillion: 1,
  /** S3 Standard. */
  fileGigabyte: 0.023,
  putThousand: 0.005,
  getThousand: 0.0004,
  /** CloudWatch: a gigabyte of logs taken in, one metric, one alarm. */
  logGigabyte: 0.5,
  metric: 0.3,
  alarm: 0.1,
} as const;
export type Prices = {
  readonly [Name in keyof typeof PRICES]: (typeof PRICES)[Name] extends string ? string : number;
};
