import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { connectionFor } from './connection.ts';
import { print as printLine } from './output.ts';

const Options = z.object({ url: z.string().optional() });

/** `token PERSON`: prints nothing but the token, so that it can stand inside a curl command. */
export async function print(person: string, options: unknown): Promise<void> {
  printLine(await accessToken(connectionFor(Options.parse(options).url), person));
}
