import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { answered } from './answer.ts';
import { connectionFor } from './connection.ts';
import { environment } from './environment.ts';
import { jsonFile } from './files.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { print } from './output.ts';
import { printRehearsal } from './policy-findings.ts';
import { followed } from './policy-progress.ts';

const Common = { url: z.string().optional(), id: z.string(), as: z.string(), token: z.string().optional() };
const RehearseOptions = z.object({ ...Common, from: z.string(), through: z.string() });
const AdoptOptions = z.object({ ...Common, confirm: z.boolean().default(false) });

/** What the file holds is for the server to judge; that it is one object is enough to send it. */
const Body = z.looseObject({});

const Started = z.object({ id: z.string() });
const Adopted = z.object({ id: z.string(), version: z.int(), name: z.string(), effectiveFrom: z.string() });

/** `policy rehearse FILE --id ID --from DAY --through DAY`: starts a rehearsal, follows it to its end and tells what it found. */
export async function rehearse(file: string, given: unknown): Promise<void> {
  const { from, through, ...options } = RehearseOptions.parse(given);
  const policy = await jsonFile('FILE', file, Body);
  const { base, token } = await placeOf(options);
  const answer = await send('POST', `${base}/rehearsals`, token, { policy, from, through });
  const { id } = answered(`the rehearsal of ${file}`, answer, Started);
  printRehearsal(await followed(`${base}/rehearsals/${id}`, token));
}

/** `policy adopt FILE --id ID`: adopts what the file holds as the next version of the policy. */
export async function adopt(file: string, given: unknown): Promise<void> {
  const { confirm, ...options } = AdoptOptions.parse(given);
  const policy = await jsonFile('FILE', file, Body);
  const { base, token } = await placeOf(options);
  const answer = await send('PUT', `${base}${confirm ? '?confirm=true' : ''}`, token, policy);
  const { id, version, name, effectiveFrom } = answered(`the adoption of ${file}`, answer, Adopted);
  print(
    answer.status === 200
      ? `${id} ${name}：第 ${version} 版已是这份内容，没有变化 version ${version} says this already; nothing changed`
      : `${id} ${name}：第 ${version} 版，自 ${effectiveFrom} 起生效 version ${version}, in force from ${effectiveFrom}`,
  );
}

async function placeOf({ url, id, as, token }: z.infer<z.ZodObject<typeof Common>>) {
  const connection = connectionFor(url);
  return {
    base: `${connection.url}/policies/${encodeURIComponent(id)}`,
    token: token ?? environment.token ?? (await accessToken(connection, as)),
  };
}

function send(method: 'POST' | 'PUT', url: string, token: string, body: object): Promise<HttpAnswer> {
  return exchange({
    method,
    url,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  });
}
