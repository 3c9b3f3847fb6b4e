import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Days until a file that was put and never completed is gone. */
const INCOMING_DAYS = 7;

/**
 * A bucket for files that are kept: private, encrypted, over TLS only. Nothing in it ends by itself but what came in and was never
 * completed; it has versions, so that not even a person who may write there can overwrite what was kept.
 */
export class EvidenceBucket extends Bucket {
  constructor(scope: Construct, id: string, { protectData }: { readonly protectData: boolean }) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
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
      removalPolicy: protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
