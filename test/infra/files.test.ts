import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, rightsOf, templateIn, workshop } from '../support/template.ts';

const template = templateIn((await workshop()).assembly);

const Rule = z.object({
  Status: z.literal('Enabled'),
  Prefix: z.string().optional(),
  ExpirationInDays: z.int().optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: z.int() }).optional(),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.int() }).optional(),
});
const Bucket = z.object({
  BucketEncryption: z.unknown(),
  PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()),
  OwnershipControls: z.unknown(),
  LifecycleConfiguration: z.object({ Rules: z.array(Rule) }),
  VersioningConfiguration: z.unknown().optional(),
});
const Statement = z.object({
  Effect: z.string(),
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });

const buckets = [...resourcesOf(template, 'AWS::S3::Bucket', Bucket)];
const bucketNamed = (name: string) => buckets.find(([id]) => id.includes(name))?.[1];
const bucket = bucketNamed('Files');
const evidence = bucketNamed('Evidence');

describe('the two buckets', () => {
  it('are private, encrypted, and owned by the account alone', () => {
    expect(buckets).toHaveLength(2);
    for (const [, one] of buckets) {
      expect(one.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(JSON.stringify(one.BucketEncryption)).toContain('"SSEAlgorithm":"AES256"');
      expect(JSON.stringify(one.OwnershipControls)).toContain('BucketOwnerEnforced');
    }
  });

  it('answer over TLS only', () => {
    const policies = [...resourcesOf(template, 'AWS::S3::BucketPolicy', Policy).values()];
    expect(policies).toHaveLength(2);
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument.Statement).toMatchObject([
        { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  it('are read and written by six functions, each below the prefixes that it uses, and emptied by none', () => {
    const rights = [...rightsOf(template, Statement)]
      .flatMap(([id, statements]) =>
        statements
          .filter(({ Action }) => JSON.stringify(Action).includes('s3:'))
          .map(
            ({ Action, Resource }) =>
              `${/(imports|libraries|evidence|archive|packaging|submissions)Role/.exec(id)?.[1] ?? id} ${String(Action)} ${(JSON.stringify(Resource).match(/\/[a-z]+\/\*/g) ?? []).join(' ')}`,
          ),
      )
      .toSorted();
    expect(rights).toEqual([
      'archive s3:GetObject /archives/* /kept/*',
      'evidence s3:GetObject,s3:PutObject /incoming/* /kept/*',
      'imports s3:GetObject /imports/* /uploads/*',
      'imports s3:PutObject /imports/*',
      'libraries s3:GetObject /exports/* /imports/*',
      'libraries s3:PutObject /exports/* /uploads/*',
      'packaging s3:GetObject /kept/*',
      'packaging s3:PutObject /archives/*',
      'submissions s3:GetObject,s3:PutObject /national/*',
    ]);
  });
});

describe('the bucket of evidence', () => {
  it('article 12: keeps what is kept for good and in versions, and forgets what was never completed', () => {
    expect(evidence?.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(
      evidence?.LifecycleConfiguration.Rules.map((rule) => [
        rule.Prefix,
        rule.ExpirationInDays,
        rule.NoncurrentVersionExpiration?.NoncurrentDays,
        rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
      ]),
    ).toEqual([
      ['incoming/', 7, 1, 1],
      ['archives/', undefined, undefined, 1],
    ]);
  });
});

describe('the bucket of files that come and go', () => {
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
});
