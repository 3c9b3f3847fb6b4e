import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import type { Evidence } from '#domain/evidence/evidence.ts';
import { evidenceKeys } from './evidence-files.ts';
import { isMissing, putObject, type ObjectStore } from './objects.ts';

/** Where the package of an inspection lies, in the bucket of evidence, which forgets nothing. */
export const packageKey = (inspection: string): string => `archives/${inspection}.zip`;

/** Bytes of a part: a package of 3 GiB has some four hundred of them, and two are in memory. */
const PART_BYTES = 8 * 1024 * 1024;

/** What was written: how long it is, and its SHA-256. */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes an object as its bytes come, part by part; the same key again takes its place. A write that dies leaves parts that
 * nobody sees, which the bucket forgets after a day.
 */
export async function writeObject(
  objects: ObjectStore,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<Written> {
  const hash = createHash('sha256');
  const parts = new Parts(objects, key, contentType);
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    await parts.add(chunk);
  }
  await parts.finish();
  return { bytes, sha256: hash.digest('hex') };
}

/** Gathers chunks into parts. What fits into one part is put whole. */
class Parts {
  readonly #objects: ObjectStore;
  readonly #key: string;
  readonly #contentType: string;
  readonly #done: CompletedPart[] = [];
  #waiting: Uint8Array[] = [];
  #length = 0;
  #upload: string | undefined;

  constructor(objects: ObjectStore, key: string, contentType: string) {
    this.#objects = objects;
    this.#key = key;
    this.#contentType = contentType;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#length += chunk.length;
    if (this.#length >= PART_BYTES) await this.#send();
  }

  async finish(): Promise<void> {
    const { client, bucket } = this.#objects;
    if (this.#upload === undefined) {
      await putObject(this.#objects, this.#key, Buffer.concat(this.#waiting), this.#contentType);
      return;
    }
    if (this.#length > 0) await this.#send();
    await client.send(
      new CompleteMultipartUploadCommand({
        Bucket: bucket,
        Key: this.#key,
        UploadId: this.#upload,
        MultipartUpload: { Parts: this.#done },
      }),
    );
  }

  async #send(): Promise<void> {
    const { client, bucket } = this.#objects;
    const target = { Bucket: bucket, Key: this.#key };
    if (this.#upload === undefined) {
      const begun = await client.send(
        new CreateMultipartUploadCommand({ ...target, ContentType: this.#contentType }),
      );
      this.#upload = begun.UploadId;
    }
    const PartNumber = this.#done.length + 1;
    const Body = Buffer.concat(this.#waiting);
    const sent = await client.send(
      new UploadPartCommand({ ...target, UploadId: this.#upload, PartNumber, Body }),
    );
    this.#done.push({ PartNumber, ETag: sent.ETag });
    this.#waiting = [];
    this.#length = 0;
  }
}

/** Whether a stored file is kept with its length and, where the storage tells it, its hash. */
export async function isKept({ client, bucket }: ObjectStore, evidence: Evidence): Promise<boolean> {
  try {
    const { ContentLength, ChecksumSHA256 } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: evidenceKeys.kept(evidence), ChecksumMode: 'ENABLED' }),
    );
    const told = ChecksumSHA256 === undefined ? evidence.sha256 : hexOf(ChecksumSHA256);
    return ContentLength === evidence.size && told === evidence.sha256;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}

/**
 * The bytes of a kept file as they come, never whole in memory.
 * @throws Error when there is none, or when the bytes are not those that were stored
 */
export async function* keptBytes(
  { client, bucket }: ObjectStore,
  evidence: Evidence,
): AsyncGenerator<Uint8Array> {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: evidenceKeys.kept(evidence) }),
  );
  const bytes: ReadableStream<Uint8Array> | undefined = Body?.transformToWebStream();
  const hash = createHash('sha256');
  for await (const chunk of bytes ?? []) {
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (found !== evidence.sha256) {
    throw new Error(`${evidence.id} was stored as ${evidence.sha256} and is ${found}`);
  }
}
