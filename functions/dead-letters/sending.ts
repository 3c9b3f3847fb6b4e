import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { LetterPathName } from '#contracts/dead-letters.ts';
import { JsonText } from '#domain/canonical/json-text.ts';
import { once } from '#lambda/environment.ts';
import { openStreams, outboxRecords, type StreamRange } from '#store/stream-records.ts';
import { environment } from './asking.ts';
import { FORGOTTEN, type Parcel } from './letter.ts';

const lambda = once(() => new LambdaClient());
const streams = once(openStreams);

/** The function that a path's letters are sent to. @throws TypeError when the stack gives none: a defect of ours */
function functionOf(path: LetterPathName): string {
  const name = environment().DEAD_LETTER_FUNCTIONS[path];
  if (name === undefined) {
    throw new TypeError(`nothing is sent again to ${path}`);
  }
  return name;
}

/**
 * Sends what a letter carries to the function that could not do it.
 * @returns nothing when the function has it, else why not: Chinese, then English
 * @throws the service's error when it can't be reached or refuses
 */
export function send(path: LetterPathName, parcel: Parcel): Promise<string | undefined> {
  return parcel.kind === 'event' ? sendEvent(path, parcel.payload) : sendRecords(path, parcel.range);
}

/** Lambda keeps what it took: it tries again by itself, and what fails again comes back as another letter. */
async function sendEvent(path: LetterPathName, payload: string): Promise<undefined> {
  await lambda().send(
    new InvokeCommand({
      FunctionName: functionOf(path),
      InvocationType: 'Event',
      Payload: new TextEncoder().encode(payload),
    }),
  );
  return undefined;
}

/**
 * Reads the records from the stream and hands them to the function as the stream did, waiting for its answer: a function
 * on a stream has no queue for what is sent to it otherwise, so a letter that was sent without waiting could be lost.
 */
async function sendRecords(path: LetterPathName, range: StreamRange): Promise<string | undefined> {
  const records = await outboxRecords(streams(), range);
  if (records === undefined) return FORGOTTEN;
  const answer = await lambda().send(
    new InvokeCommand({
      FunctionName: functionOf(path),
      InvocationType: 'RequestResponse',
      Payload: new TextEncoder().encode(JSON.stringify({ Records: records })),
    }),
  );
  if (answer.FunctionError !== undefined) {
    return `函数仍然出错，见其日志 The function failed again (${answer.FunctionError}); see its log.`;
  }
  const text = new TextDecoder().decode(answer.Payload);
  const failed = JsonText.pipe(BatchAnswer).parse(text).batchItemFailures;
  return failed.length === 0
    ? undefined
    : '函数仍未处理全部记录，见其日志 The function did not take all of the records; see its log.';
}

const BatchAnswer = z.object({ batchItemFailures: z.array(z.unknown()) });
