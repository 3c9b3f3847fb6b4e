import * as z from 'zod';
import type { CalendarDate } from '#domain/time/time.ts';
import { sampleDistrict } from './district.ts';
import { SAMPLE_POLICIES, SAMPLE_SOURCES } from './policies.ts';

/** Where to load it, and on whose behalf. */
export interface LoadInto {
  readonly url: string;
  /** A bearer token of an administrator. */
  readonly token: string;
  readonly seed: string;
  readonly today: CalendarDate;
}

/** A webhook source with the secret that the installation made for it. */
export interface LoadedSource {
  readonly id: string;
  readonly secret: string;
}

/**
 * Loads the sample district through the HTTP API, as an administrator would load a real one: sources, files, policies.
 * @throws Error with the server's own words when it refuses something
 */
export async function loadDistrict({ url, token, seed, today }: LoadInto): Promise<LoadedSource[]> {
  const files = sampleDistrict({ seed, today }).filter(
    (file) => !file.deliberateErrors && file.library !== 'classings',
  );
  const load = async (library: string): Promise<void> => {
    for (const { bytes, name } of files.filter((file) => file.library === library)) {
      for (const part of partsOf(bytes)) {
        const report = Imported.parse(await send('POST', `${url}/libraries/${library}/imports`, token, part));
        if (report.rejected > 0) {
          throw new Error(`${report.rejected} rows of the sample file ${name} were rejected`);
        }
      }
    }
  };
  // A policy names items, so they come first; everything else can be written while the subjects, the longest file, are.
  await load('items');
  const [sources] = await Promise.all([
    registerSources(url, token),
    adoptPolicies(url, token),
    load('subjects').then(async () => {
      await load('inspectors');
      await load('people');
    }),
  ]);
  return sources;
}

/** Rows of one request: a slow machine writes them within the seconds that one has. */
const ROWS_A_REQUEST = 500;
const LINE_FEED = 0x0a;

/** A CSV file in parts with a header each. A line feed is no part of another character in UTF-8 or GB18030; the sample has none within a cell. */
function* partsOf(bytes: Uint8Array): Generator<Uint8Array> {
  const header = bytes.subarray(0, bytes.indexOf(LINE_FEED) + 1);
  for (let from = header.length; from < bytes.length;) {
    let through = from;
    for (let rows = 0; rows < ROWS_A_REQUEST && through < bytes.length; rows += 1) {
      const end = bytes.indexOf(LINE_FEED, through);
      through = end === -1 ? bytes.length : end + 1;
    }
    yield Buffer.concat([header, bytes.subarray(from, through)]);
    from = through;
  }
}

async function registerSources(url: string, token: string): Promise<LoadedSource[]> {
  const sources: LoadedSource[] = [];
  for (const { id, name } of SAMPLE_SOURCES) {
    const { secret } = Registered.parse(await send('PUT', `${url}/sources/${id}`, token, { name }));
    sources.push({ id, secret });
  }
  return sources;
}

async function adoptPolicies(url: string, token: string): Promise<void> {
  for (const { id, ...policy } of SAMPLE_POLICIES) {
    await send('PUT', `${url}/policies/${id}`, token, policy);
  }
}

const Registered = z.object({ secret: z.string() });
const Imported = z.object({ rejected: z.int() });

/** @throws Error with the server's own words when it refuses */
export async function put(url: string, token: string, body: object): Promise<unknown> {
  return send('PUT', url, token, body);
}

async function send(method: 'PUT' | 'POST', url: string, token: string, body: object): Promise<unknown> {
  const file = body instanceof Uint8Array;
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': file ? 'application/octet-stream' : 'application/json',
    },
    body: file ? Buffer.from(body) : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${url} was answered with ${answer.status}: ${text}`);
  }
  return JSON.parse(text);
}
