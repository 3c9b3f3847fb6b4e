import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Stage } from '#infra/stage.ts';

/** A stage without account and region: its template fits any. */
export const testStage: Stage = Stage.parse({
  name: 'test',
  issuer: 'https://login.example.org/',
  audience: 'mingchou',
  protectData: false,
  logRetentionDays: 30,
  planNumberTemplate: '明抽〔{year}〕{serial}号',
  administrators: ['admin'],
});

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of cdk.json, which only the CDK's command line reads by itself. */
export const cdkContext = CdkJson.parse(
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')),
).context;
