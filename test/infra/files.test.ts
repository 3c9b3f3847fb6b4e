import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, templateIn, workshop } from '../support/template.ts';

const template = templateIn((await workshop()).assembly);

const Rule = z.object({
  Status: z.literal('Enabled'),
  Prefix: z.string().optional(),
  ExpirationInDays: z.int().optional(),
});
const Bucket = z.object({
  BucketEncryption: z.unknown(),
  PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()),
  OwnershipControls: z.unknown(),
  LifecycleConfiguration: z.object({ Rules: z.array(Rule) }),
});
const Statement = z.object({
  Effect: z.string(),
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });

const buckets = [...resourcesOf(template, 'AWS::S3::Bucket', Bucket).values()];
const [bucket] = buckets;

describe('the bucket of files that come and go', () => {
  it('is the only one, private, encrypted, and owned by the account alone', () => {
    expect(buckets).toHaveLength(1);
    expect(bucket?.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(bucket?.BucketEncryption)).toContain('"SSEAlgorithm":"AES256"');
    expect(JSON.stringify(bucket?.OwnershipControls)).toContain('BucketOwnerEnforced');
  });

  it('article 7(6): forgets uploads after 30 days, an export, which is a whole library, after one, and never what was sent to the national system', () => {
    expect(
      bucket?.LifecycleConfiguration.Rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]),
    ).toEqual([
      [undefined, undefined],
      ['uploads/', 30],
      ['imports/', 30],
      ['exports/', 1],
    ]);
  });

  it('answers over TLS only', () => {
    const [policy] = [...resourcesOf(template, 'AWS::S3::BucketPolicy', Policy).values()];
    expect(policy?.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('is read and written by three functions, each below the prefixes that it uses, and emptied by none', () => {
    const rights = [...resourcesOf(template, 'AWS::IAM::Policy', Policy)]
      .flatMap(([id, { PolicyDocument }]) =>
        PolicyDocument.Statement.filter(({ Action }) => JSON.stringify(Action).includes('s3:')).map(
          ({ Action, Resource }) =>
            `${/(imports|libraries|submissions)Role/.exec(id)?.[1] ?? id} ${String(Action)} ${(JSON.stringify(Resource).match(/\/[a-z]+\/\*/g) ?? []).join(' ')}`,
        ),
      )
      .toSorted();
    expect(rights).toEqual([
      'imports s3:GetObject /imports/* /uploads/*',
      'imports s3:PutObject /imports/*',
      'libraries s3:GetObject /exports/* /imports/*',
      'libraries s3:PutObject /exports/* /uploads/*',
      'submissions s3:GetObject,s3:PutObject /national/*',
    ]);
  });
});
