import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { epochSeconds, type Instant } from '#domain/time/time.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { place } from '../template/references.ts';

export interface StreamRecord {
  sequence: string;
  /** The record as Lambda hands it to a function. */
  event: JsonObject;
}

/**
 * A record of the engine as Lambda would hand it over. Its time is the virtual clock's: the engine only knows the
 * machine's, and a deadline counted from it would lie months away from the one that the test expects.
 */
export function recordOf(record: SdkRecord, now: Instant, eventSourceArn: string): StreamRecord {
  const dynamodb = record.dynamodb ?? {};
  const sequence = dynamodb.SequenceNumber ?? '';
  const event = jsonOf({
    eventID: record.eventID,
    eventName: eventName(record),
    eventVersion: record.eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: place.region,
    dynamodb: {
      ApproximateCreationDateTime: epochSeconds(now),
      Keys: dynamodb.Keys,
      NewImage: wholeImage(dynamodb.NewImage),
      OldImage: wholeImage(dynamodb.OldImage),
      SequenceNumber: sequence,
      SizeBytes: dynamodb.SizeBytes,
      StreamViewType: dynamodb.StreamViewType,
    },
    userIdentity: record.userIdentity && {
      type: record.userIdentity.Type,
      principalId: record.userIdentity.PrincipalId,
    },
    eventSourceARN: eventSourceArn,
  });
  return {
    sequence,
    event: typeof event === 'object' && event !== null && !Array.isArray(event) ? event : {},
  };
}

/** DynamoDB Local calls the record of a TTL deletion UNKNOWN_TO_SDK_VERSION; the service calls it REMOVE. */
function eventName(record: SdkRecord): string {
  const name = record.eventName ?? '';
  return ['INSERT', 'MODIFY', 'REMOVE'].includes(name) ? name : 'REMOVE';
}

/**
 * The engine's stream leaves the type out of an empty map: `{}` where the service has `{"M": {}}`, at any depth. A
 * function that reads such an attribute fails, here only.
 */
function wholeImage(image: unknown): Json | undefined {
  const json = image === undefined ? undefined : jsonOf(image);
  return isJsonObject(json) ? wholeMap(json) : undefined;
}

function wholeMap(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, wholeAttribute(value)]));
}

function wholeAttribute(attribute: Json): Json {
  if (!isJsonObject(attribute)) return attribute;
  if (Object.keys(attribute).length === 0) return { M: {} };
  const { M, L } = attribute;
  if (isJsonObject(M)) return { M: wholeMap(M) };
  return Array.isArray(L) ? { L: L.map(wholeAttribute) } : attribute;
}

function jsonOf(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((item) => jsonOf(item));
  if (typeof value !== 'object') return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, jsonOf(item)]),
  );
}
