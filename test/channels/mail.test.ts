import { describe, expect, it } from 'vitest';
import { MailSession } from '#channels/mail.ts';
import type { SettingsOf } from '#domain/channel/channel.ts';
import { parcel } from '../support/parcels.ts';
import { mailReceiver } from '../support/receivers.ts';
import { MONDAY } from '../support/samples.ts';

const settings = (port: number, more: Partial<SettingsOf<'mail'>> = {}): SettingsOf<'mail'> => ({
  kind: 'mail',
  host: '127.0.0.1',
  port,
  tls: 'none',
  from: 'mingchou@example.org',
  ...more,
});

async function sentTo(port: number, more: Partial<SettingsOf<'mail'>> = {}) {
  const session = new MailSession(settings(port, more));
  const outcome = await session.send(parcel, MONDAY);
  session.close();
  return outcome;
}

/** An error as smtp-server answers it. */
const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

describe('e-mail', () => {
  it('arrives in both languages, under a Message-ID that follows from the delivery', async () => {
    const { port, letters } = await mailReceiver();
    const outcome = await sentTo(port);
    expect([outcome.kind, outcome.answer.slice(0, 3)]).toEqual(['delivered', '250']);
    expect(letters).toMatchObject([
      {
        messageId: '<V-1@example.org>',
        from: 'mingchou@example.org',
        to: ['zhang.san@example.org'],
        subject: '新检查任务 1',
        text: '请于 2026-03-01 前接受。\nAccept by 2026-03-01.',
      },
    ]);
    expect(letters[0]?.raw).toContain('Date: Mon, 02 Mar 2026 01:30:00 +0000');
    expect(letters[0]?.raw).toContain('Auto-Submitted: auto-generated');
  });

  it('goes through one connection as long as all goes well', async () => {
    const connections: string[] = [];
    const { port, letters } = await mailReceiver({
      onConnect: ({ id }, done) => {
        connections.push(id);
        done();
      },
    });
    const session = new MailSession(settings(port));
    for (const n of [1, 2, 3]) {
      await session.send({ ...parcel, delivery: `V-${n}` }, MONDAY);
    }
    session.close();
    expect(letters.map(({ messageId }) => messageId)).toEqual([1, 2, 3].map((n) => `<V-${n}@example.org>`));
    expect(connections.length).toBe(1);
  });

  it('signs in where it has to', async () => {
    const { port } = await mailReceiver({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        username === 'mingchou' && password === 'right'
          ? done(null, { user: username })
          : done(answer(535, 'authentication failed')),
    });
    expect((await sentTo(port, { user: 'mingchou', password: 'right' })).kind).toBe('delivered');
    // Wrong settings are no fault of the address: an administrator puts them right, and the letter goes out.
    expect(await sentTo(port, { user: 'mingchou', password: 'wrong' })).toEqual({
      kind: 'failed',
      answer: '535 authentication failed',
    });
  });

  it('that is to be encrypted is not sent where the server can not', async () => {
    const { port, letters } = await mailReceiver();
    expect((await sentTo(port, { tls: 'starttls' })).kind).toBe('failed');
    expect(letters).toEqual([]);
  });

  it.each([
    ['a server that is busy', 421, 'failed'],
    ['a mailbox that is full for now', 452, 'failed'],
    ['an address that bounces', 550, 'refused'],
    ['a mailbox that may not be written to', 553, 'refused'],
  ])('to %s', async (_, code, kind) => {
    const { port, letters } = await mailReceiver({
      onRcptTo: (__, ___, done) => done(answer(code, 'not today')),
    });
    const outcome = await sentTo(port);
    expect([outcome.kind, outcome.answer]).toEqual([kind, `${code} not today`]);
    expect(letters).toEqual([]);
  });

  it.each([
    [451, 'failed'],
    [554, 'refused'],
  ])('whose content is answered with %i', async (code, kind) => {
    const { port } = await mailReceiver({
      onData: (stream, _, done) => {
        stream.resume();
        stream.on('end', () => done(answer(code, 'no')));
      },
    });
    expect((await sentTo(port)).kind).toBe(kind);
  });

  it('that is cut off before its content can be tried again', async () => {
    const { port, server } = await mailReceiver({
      onRcptTo: () => {
        for (const connection of server.connections) connection.close();
      },
    });
    expect((await sentTo(port)).kind).toBe('failed');
  });

  it('that is cut off once the server has all of it is in doubt', async () => {
    const { port, server } = await mailReceiver({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => {
          for (const connection of server.connections) connection.close();
        });
      },
    });
    expect((await sentTo(port)).kind).toBe('unsure');
  });

  it('to a server that is not there can be tried again', async () => {
    expect((await sentTo(9)).kind).toBe('failed');
  });

  it('goes on with a new connection after one that broke', async () => {
    let first = true;
    const { port, letters, server } = await mailReceiver({
      onRcptTo: (_, __, done) => {
        if (!first) return done();
        first = false;
        for (const connection of server.connections) connection.close();
      },
    });
    const session = new MailSession(settings(port));
    expect((await session.send(parcel, MONDAY)).kind).toBe('failed');
    expect((await session.send(parcel, MONDAY)).kind).toBe('delivered');
    session.close();
    expect(letters.length).toBe(1);
  });

  it('to whoever has no address is refused', async () => {
    const session = new MailSession(settings(9));
    const outcome = await session.send({ ...parcel, to: { staffNo: 'HP1002', name: '李四' } }, MONDAY);
    expect(outcome.kind).toBe('refused');
  });

  it('carries no line of a name or subject into its headers', async () => {
    const { port, letters } = await mailReceiver();
    const session = new MailSession(settings(port));
    const name = '张三\r\nBcc: everybody@example.org';
    await session.send({ ...parcel, to: { ...parcel.to, name }, subject: 'x\r\nX-Evil: 1' }, MONDAY);
    session.close();
    const [head = ''] = letters[0]?.raw.split('\r\n\r\n') ?? [];
    expect(head).not.toMatch(/^(Bcc|X-Evil):/m);
    expect(letters[0]?.to).toEqual(['zhang.san@example.org']);
  });
});
