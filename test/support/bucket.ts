import { afterAll } from 'vitest';
import { startObjectStorage } from '#infra/local/engine/object-storage.ts';

/** A bucket of this test file's own, to which the SDK's environment variables of this file point; after `openDatabase`, whose keys it takes. */
export async function openBucket(): Promise<void> {
  const storage = await startObjectStorage(undefined, ['files'], {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: storage.endpoint, FILES_BUCKET: 'files' });
  afterAll(() => storage.stop());
}
