import * as z from 'zod';
import { ADMINISTRATOR, type Answer, type World } from './world.ts';

/** Puts a file with a year's arrangement, as what its media type says. */
export async function putYear(
  world: World,
  year: number,
  file: Uint8Array | string,
  { query = '', type = 'application/octet-stream', as = ADMINISTRATOR } = {},
): Promise<Answer> {
  const answer = await fetch(`${world.runner.url}/calendars/${year}${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await world.token(as)}`, 'content-type': type },
    body: Buffer.from(file),
  });
  return { status: answer.status, body: await answer.json() };
}

/** A year as the server exports it. */
export async function exportedYear(world: World, year: number, format: string): Promise<Buffer> {
  const answer = await fetch(`${world.runner.url}/calendars/${year}?format=${format}`, {
    headers: { authorization: `Bearer ${await world.token(ADMINISTRATOR)}` },
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}

const Messages = z.object({
  messages: z.array(z.object({ at: z.string(), subject: z.string(), text: z.string() })),
});

/** A person's messages whose subject begins so, newest first. */
export async function messagesOf(world: World, person: string, begins: string) {
  const { body } = await world.as(person).get('/me/messages');
  return Messages.parse(body).messages.filter(({ subject }) => subject.startsWith(begins));
}

const Refused = z.object({
  type: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});

/** How a file was refused: the status, the reason, and where with what. */
export function refusedWith({ status, body }: Answer) {
  const { type, errors } = Refused.parse(body);
  return {
    status,
    reason: type.split(':').at(-1),
    errors: errors.map((one) => `${one.pointer} ${one.detail}`),
  };
}
