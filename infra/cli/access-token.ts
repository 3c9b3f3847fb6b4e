import * as z from 'zod';
import { answered } from './answer.ts';
import { CONNECTION_FILE, type Connection } from './connection.ts';
import { UsageError } from './failure.ts';
import { exchange } from './http.ts';
import { listed } from './output.ts';

const Configuration = z.object({ token_endpoint: z.url({ protocol: /^https?$/ }) });
const TokenAnswer = z.object({ access_token: z.string().min(1) });

/**
 * An access token of a person from the installation's issuer, by the person's client secret (client_credentials).
 * @throws UsageError when no secret of that person is known; Failure when the issuer refuses
 */
export async function accessToken({ url, known }: Connection, person: string): Promise<string> {
  if (known === undefined) {
    throw new UsageError(
      `no secrets are known for ${url}: ${CONNECTION_FILE} is written by "npm start" for the local stack; for another installation get a token from its issuer and give it by --token or MINGCHOU_TOKEN`,
    );
  }
  const client = known.clients.find(({ id }) => id === person);
  if (client === undefined) {
    const people = known.clients.map(({ id, name }) => `${id} ${name}`);
    throw new UsageError(
      `the issuer knows nobody called ${JSON.stringify(person)}; people: ${listed(people, 12)}`,
    );
  }
  const issuer = known.issuer.replace(/\/$/, '');
  const configuration = await exchange({ method: 'GET', url: `${issuer}/.well-known/openid-configuration` });
  const { token_endpoint: endpoint } = answered(
    `the configuration of ${issuer}`,
    configuration,
    Configuration,
  );
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
    audience: known.audience,
  });
  const answer = await exchange({
    method: 'POST',
    url: endpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  });
  return answered(`a token for ${client.id}`, answer, TokenAnswer).access_token;
}
