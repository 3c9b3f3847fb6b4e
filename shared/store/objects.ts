import {
  GetObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** A bucket: of files that come and go, or of evidence. Made once per function, at its first invocation. */
export interface ObjectStore {
  readonly client: S3Client;
  readonly bucket: string;
}

/** Opens the bucket with the SDK's own settings: region, credentials and endpoint come from its environment variables. */
export function openObjects(bucket: string): ObjectStore {
  return {
    bucket,
    // A link is signed before its file is there: it can't carry a checksum of it.
    client: new S3Client({
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  };
}

/** Where the files stand; the function's rights are by the first word. */
export const objectKeys = {
  upload: (upload: string) => `uploads/${upload}`,
  part: (run: string, part: number) => `imports/${run}/parts/${String(part).padStart(6, '0')}.json`,
  errors: (run: string) => `imports/${run}/errors.csv`,
  /** Under the hash of the file: two attempts to make one can't overwrite each other's. */
  submission: (id: string, hash: string, format: string) => `national/${id}/${hash}.${format}`,
  export: (id: string, format: string) => `exports/${id}.${format}`,
} as const;

/** Seconds that a link is good for. */
export const LINK_SECONDS = 900;

/** Puts an object whole; the same key again takes its place. */
export async function putObject(
  { client, bucket }: ObjectStore,
  key: string,
  body: string | Uint8Array,
  contentType: string,
): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
}

/** An object's bytes; undefined when there is none. @throws RangeError when it is longer than the limit, before it is read */
export async function getObject(
  { client, bucket }: ObjectStore,
  key: string,
  limit = Infinity,
): Promise<Uint8Array | undefined> {
  try {
    const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (ContentLength > limit) {
      throw new RangeError(`${key} has ${ContentLength} bytes, more than ${limit}`);
    }
    return await Body?.transformToByteArray();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whoever may not list a bucket is told of an object that is not there that they may not read it. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof NoSuchKey ||
    error instanceof NotFound ||
    (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403)
  );
}

/** A link by which a file of exactly so many bytes can be put. */
export function linkToPut({ client, bucket }: ObjectStore, key: string, size: number): Promise<string> {
  return getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key, ContentLength: size }), {
    expiresIn: LINK_SECONDS,
    // Signed with the rest: a longer file than was announced is refused by the storage itself.
    signableHeaders: new Set(['content-length', 'host']),
  });
}

/** A link by which a file can be fetched under a name. */
export function linkToGet({ client, bucket }: ObjectStore, key: string, fileName: string): Promise<string> {
  return getSignedUrl(
    client,
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
    }),
    { expiresIn: LINK_SECONDS },
  );
}
