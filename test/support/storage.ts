import { startObjectStorage } from '#infra/local/engine/object-storage.ts';
import type { Engine } from '#infra/local/engine/dynamodb-local.ts';

/**
 * An object storage of this test file's own, to which the product's clients are led by the SDK's environment variables. Opened
 * after the database, whose access key it lets in.
 */
export async function openStorage(...buckets: readonly string[]): Promise<Engine> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env;
  const storage = await startObjectStorage(undefined, buckets, {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: storage.endpoint });
  return storage;
}
