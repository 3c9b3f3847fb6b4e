import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Evidence, Received } from '#domain/evidence/evidence.ts';
import { HEAD_BYTES } from '#domain/evidence/media-type.ts';
import { getObject, isMissing, LINK_SECONDS, type ObjectStore } from './objects.ts';

/**
 * Where a file of evidence lies. It is put below `incoming/`, which empties itself, and copied below `kept/` once it is found to be
 * what was announced: no link ever gives the right to write there. The id follows from the inspection and the bytes.
 */
export const evidenceKeys = {
  incoming: ({ inspection, id }: Pick<Evidence, 'inspection' | 'id'>) => `incoming/${inspection}/${id}`,
  kept: ({ inspection, id }: Pick<Evidence, 'inspection' | 'id'>) => `kept/${inspection}/${id}`,
} as const;

/** A request by which a file of exactly these bytes can be put: what has to be sent with them is signed, so that the storage refuses other bytes. */
export interface PutRequest {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The link to put the announced file by, for 15 minutes: length, type and SHA-256 are signed, and checked by the storage itself. */
export async function linkToPutEvidence(
  { client, bucket }: ObjectStore,
  evidence: Evidence,
): Promise<PutRequest> {
  const checksum = Buffer.from(evidence.sha256, 'hex').toString('base64');
  const url = await getSignedUrl(
    client,
    new PutObjectCommand({
      Bucket: bucket,
      Key: evidenceKeys.incoming(evidence),
      ContentLength: evidence.size,
      ContentType: evidence.mediaType,
      ChecksumSHA256: checksum,
    }),
    {
      expiresIn: LINK_SECONDS,
      signableHeaders: new Set(['content-length', 'content-type', 'host', CHECKSUM_HEADER]),
      // As part of the address it would be signed and never compared with the bytes.
      unhoistableHeaders: new Set([CHECKSUM_HEADER]),
    },
  );
  return { method: 'PUT', url, headers: { 'content-type': evidence.mediaType, [CHECKSUM_HEADER]: checksum } };
}

const CHECKSUM_HEADER = 'x-amz-checksum-sha256';

/** A link by which a stored file opens in the browser under its name, for 15 minutes. */
export function linkToShowEvidence({ client, bucket }: ObjectStore, evidence: Evidence): Promise<string> {
  return getSignedUrl(
    client,
    new GetObjectCommand({
      Bucket: bucket,
      Key: evidenceKeys.kept(evidence),
      ResponseContentType: evidence.mediaType,
      // RFC 8187: names are Chinese.
      ResponseContentDisposition: `inline; filename*=UTF-8''${encodeURIComponent(evidence.name)}`,
    }),
    { expiresIn: LINK_SECONDS },
  );
}

/** What has arrived for an announced file; undefined when nothing has. */
export async function receivedFor(objects: ObjectStore, evidence: Evidence): Promise<Received | undefined> {
  const key = evidenceKeys.incoming(evidence);
  const told = await headOf(objects, key);
  if (told === undefined) {
    return undefined;
  }
  const { size, mediaType, sha256 } = told;
  const wrongSize = size !== evidence.size;
  return {
    size,
    mediaType,
    head: await firstBytes(objects, key),
    // A file of another length is another file: it is not read to learn that again.
    sha256: sha256 ?? (wrongSize ? '' : await digestOf(objects, key)),
  };
}

/** Copies what has arrived to where it is kept. What is kept there already are the same bytes, and stays as it is. */
export async function keepEvidence({ client, bucket }: ObjectStore, evidence: Evidence): Promise<void> {
  try {
    await client.send(
      new CopyObjectCommand({
        Bucket: bucket,
        Key: evidenceKeys.kept(evidence),
        CopySource: `${bucket}/${evidenceKeys.incoming(evidence)}`,
        IfNoneMatch: '*',
      }),
    );
  } catch (error) {
    if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412)) throw error;
  }
}

/** A kept file's bytes; undefined when there is none. */
export function keptEvidence(objects: ObjectStore, evidence: Evidence): Promise<Uint8Array | undefined> {
  return getObject(objects, evidenceKeys.kept(evidence));
}

async function headOf({ client, bucket }: ObjectStore, key: string) {
  try {
    const found = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
    );
    const { ContentLength = 0, ContentType, ChecksumSHA256 } = found;
    return {
      size: ContentLength,
      mediaType: ContentType,
      sha256:
        ChecksumSHA256 === undefined ? undefined : Buffer.from(ChecksumSHA256, 'base64').toString('hex'),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function firstBytes({ client, bucket }: ObjectStore, key: string): Promise<Uint8Array> {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${HEAD_BYTES - 1}` }),
  );
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** A storage that keeps no checksum has its bytes hashed as they come: a recording is never in memory whole. */
async function digestOf({ client, bucket }: ObjectStore, key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const hash = createHash('sha256');
  const bytes: ReadableStream<Uint8Array> | undefined = Body?.transformToWebStream();
  for await (const chunk of bytes ?? []) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}
