import { createServer } from 'node:http';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { MailSession } from '#channels/mail.ts';
import { tellWecom } from '#channels/robots.ts';
import type { Channel, SettingsOf } from '#domain/channel/channel.ts';
import { newDelivery, type Delivery } from '#domain/delivery/delivery.ts';
import { parcelOf, type Parcel } from '#domain/delivery/parcel.ts';
import type { Message } from '#domain/message/message.ts';
import { Person } from '#domain/person/person.ts';
import { instantOf } from '#domain/time/time.ts';
import { bundleFolder } from '#infra/bundle.ts';
import { seededRandom } from '#infra/sample/random.ts';
import { savedChannel } from '#store/channels.ts';
import { commit } from '#store/commit.ts';
import { deliveriesDue, savedDelivery } from '#store/deliveries.ts';
import { libraryItems } from '#store/libraries.ts';
import { createdMessage } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import { openState, type StateTable } from '#store/store.ts';
import { withEngine } from './engine.ts';
import { MESSAGES, type Burst } from './figures/burst.ts';
import { timed } from './measure.ts';

/** Tuesday 1 September 2026, 08:30 in Shanghai. */
const MORNING = Date.UTC(2026, 8, 1, 0, 30);
const MINUTE = 60_000;
/** A burst that takes longer than this many minutes has stopped for good. */
const LONGEST = 570;
const HALF = MESSAGES / 2;
const EMAIL = 'someone@example.org';

/** The servers refuse by these dice: the same in every run. */
const random = seededRandom('burst');
let refusing = false;
let refusals = 0;
function refuses(): boolean {
  const refused = refusing && random.below(10) < 3;
  if (refused) refusals += 1;
  return refused;
}

const taken: { readonly letters: string[]; readonly texts: string[] } = { letters: [], texts: [] };

const mail = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_, __, done) =>
    refuses() ? done(Object.assign(new Error('try later'), { responseCode: 451 })) : done(),
  onData: (stream, _, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      taken.letters.push(/^Message-ID: (\S+)/im.exec(Buffer.concat(chunks).toString())?.[1] ?? '');
      done();
    });
  },
});
const robot = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (refuses()) {
      response.writeHead(random.below(2) === 0 ? 429 : 500).end('no');
      return;
    }
    taken.texts.push(Buffer.concat(chunks).toString());
    response.writeHead(200).end('{"errcode":0,"errmsg":"ok"}');
  });
});

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('the server has no port');
  return address.port;
}

function messageOf(n: number): Message {
  return {
    id: `M-${n}`,
    version: 1,
    to: n < HALF ? 'LETTERS' : 'TEXTS',
    at: instantOf(MORNING - MINUTE),
    urgency: 'immediate',
    zh: { subject: `新检查任务 ${n}`, text: '请于 2026-09-03 前接受。' },
    en: { subject: `New inspection ${n}`, text: 'Accept by 2026-09-03.' },
    cause: 'E-1',
    correlation: 'T-1',
  };
}

/** All messages with their deliveries, due at the opening. */
async function prepare(state: StateTable, channels: readonly Channel[]): Promise<Parcel[]> {
  const person = (staffNo: string) =>
    Person.parse({ staffNo, name: staffNo, role: 'inspector', unit: '大队', email: EMAIL });
  await putPages(state, libraryItems('people', [person('LETTERS'), person('TEXTS')]));
  const at = instantOf(MORNING);
  await commit(state, { at, writes: channels.map(savedChannel), events: [] });
  const parcels: Parcel[] = [];
  for (let from = 0; from < MESSAGES; from += 50) {
    const own = Array.from({ length: 50 }, (_, n) => messageOf(from + n));
    const deliveries = own.map((one) => newDelivery(one.to === 'LETTERS' ? 'mail' : 'wecom', one, at));
    const writes = [...own.map(createdMessage), ...deliveries.map((one: Delivery) => savedDelivery(one))];
    await commit(state, { at, writes, events: [] });
    parcels.push(
      ...deliveries.map((one, n) =>
        parcelOf(one, { staffNo: one.to, name: one.to, email: EMAIL }, own.slice(n, n + 1), 'both'),
      ),
    );
  }
  return parcels;
}

async function handlerOfDelivery(): Promise<(at: number) => Promise<unknown>> {
  const bundle: unknown = await import(pathToFileURL(join(bundleFolder('delivery'), 'index.mjs')).href);
  const handler: unknown =
    typeof bundle === 'object' && bundle !== null ? Reflect.get(bundle, 'handler') : undefined;
  if (typeof handler !== 'function') throw new TypeError('the bundle exports no handler');
  const context = {
    awsRequestId: 'bench',
    functionName: 'delivery',
    getRemainingTimeInMillis: () => 900_000,
  };
  return async (at) =>
    Promise.resolve(
      Reflect.apply(handler, undefined, [{ 'detail-type': 'Scheduled Event', time: instantOf(at) }, context]),
    );
}

async function measure(state: StateTable): Promise<Burst> {
  const [smtpPort, robotPort] = await Promise.all([portOf(mail.server), portOf(robot)]);
  const letters: SettingsOf<'mail'> = {
    kind: 'mail',
    host: '127.0.0.1',
    port: smtpPort,
    tls: 'none',
    from: 'mingchou@example.org',
  };
  const texts: SettingsOf<'wecom'> = { kind: 'wecom', url: `http://127.0.0.1:${robotPort}/` };
  const channels = [letters, texts].map((settings) => ({
    id: settings.kind,
    version: 1,
    name: settings.kind,
    enabled: true,
    audience: { roles: [], units: [] },
    settings,
    setAt: instantOf(MORNING),
  }));
  const parcels = await prepare(state, channels);
  const baseline = await timed(async () => {
    const session = new MailSession(letters);
    for (const [n, parcel] of parcels.entries()) {
      await (n < HALF ? session.send(parcel, instantOf(MORNING)) : tellWecom(texts, parcel));
    }
    session.close();
  });
  taken.letters.length = 0;
  taken.texts.length = 0;
  refusing = true;
  const run = await handlerOfDelivery();
  let runs = 0;
  const measured = await timed(async () => {
    for (; runs < LONGEST && taken.letters.length + taken.texts.length < MESSAGES; runs += 1) {
      await run(MORNING + runs * MINUTE);
    }
  });
  // Whatever were still to be sent would come a second time now.
  await run(MORNING + 24 * 60 * MINUTE);
  const later = instantOf(MORNING + 48 * 60 * MINUTE);
  const left = await Promise.all(channels.map(({ id }) => deliveriesDue(state, id, later, 500)));
  const once = new Set([...taken.letters, ...taken.texts]);
  return {
    measured,
    baseline,
    runs,
    letters: taken.letters.length,
    texts: taken.texts.length,
    twice: taken.letters.length + taken.texts.length - once.size,
    missing: MESSAGES - once.size + left.flat().length,
    refusals,
  };
}

process.send?.(await withEngine('delivery', async ({ table }) => measure(openState(table))));
mail.close();
robot.closeAllConnections();
robot.close();
