import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';

/** Days that an upload, and what an import makes of it, can be looked into. */
const KEPT_DAYS = 30;
/** An export is fetched at once, and holds the whole library. */
const EXPORT_DAYS = 1;

/** A bucket for files that come and go: a private one, emptied by itself. What was sent to the national system, below `national/`, is kept: it can be fetched again unchanged. */
export class FileBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { protectData }: { readonly protectData: boolean }) {
    super(scope, id, {
      protectData,
      lifecycleRules: [
        { id: 'aborted', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: 'uploads', prefix: 'uploads/', expiration: Duration.days(KEPT_DAYS) },
        { id: 'imports', prefix: 'imports/', expiration: Duration.days(KEPT_DAYS) },
        { id: 'exports', prefix: 'exports/', expiration: Duration.days(EXPORT_DAYS) },
      ],
    });
  }
}
