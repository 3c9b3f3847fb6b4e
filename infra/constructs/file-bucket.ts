import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Days that an upload, and what an import makes of it, can be looked into. */
const KEPT_DAYS = 30;
/** An export is fetched at once, and holds the whole library. */
const EXPORT_DAYS = 1;

/** A bucket for files that come and go: private, encrypted, over TLS only, and emptied by itself. */
export class FileBucket extends Bucket {
  constructor(scope: Construct, id: string, { protectData }: { readonly protectData: boolean }) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          id: 'kept-for-a-while',
          expiration: Duration.days(KEPT_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: 'exports', prefix: 'exports/', expiration: Duration.days(EXPORT_DAYS) },
      ],
      removalPolicy: protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
