import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';

/** Days until a file that was put and never completed is gone. */
const INCOMING_DAYS = 7;

/**
 * A bucket for files that are kept: a private one. Nothing in it ends by itself but what came in and was never
 * completed; it has versions, so that not even a person who may write there can overwrite what was kept.
 */
export class EvidenceBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { protectData }: { readonly protectData: boolean }) {
    super(scope, id, {
      protectData,
      versioned: true,
      lifecycleRules: [
        {
          id: 'never-completed',
          prefix: 'incoming/',
          expiration: Duration.days(INCOMING_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        // A package whose building died leaves parts that nobody sees.
        {
          id: 'never-finished',
          prefix: 'archives/',
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
  }
}
