import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { DUMMY_ACCOUNT } from 's3rver/lib/models/account.js';
import { LocalRunnerError, messageOf } from '../failure.ts';
import type { Engine } from './dynamodb-local.ts';

/** Whose requests are let in; who doesn't know the key reads nothing of this stack. */
export interface StorageAccess {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Starts `s3rver` with the buckets of the template, in this process. It keeps objects as files: in the folder, or in a
 * temporary one that is gone afterwards.
 *
 * It checks the key of a signature and when a link expires, not the signature itself, the length of what is put, or any
 * policy: what depends on those is tested by what is signed and against the template.
 */
export async function startObjectStorage(
  folder: string | undefined,
  buckets: readonly string[],
  { accessKeyId, secretAccessKey }: StorageAccess,
): Promise<Engine> {
  const directory = folder ?? mkdtempSync(path.join(tmpdir(), 'mingchou-objects-'));
  mkdirSync(directory, { recursive: true });
  DUMMY_ACCOUNT.createKeyPair(accessKeyId, secretAccessKey);
  const storage = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  try {
    const { port } = await storage.run();
    return {
      endpoint: `http://127.0.0.1:${port}`,
      async stop() {
        storage.httpServer.closeAllConnections();
        await storage.close();
        if (folder === undefined) rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    throw new LocalRunnerError(`The local object storage did not start: ${messageOf(error)}`);
  }
}
