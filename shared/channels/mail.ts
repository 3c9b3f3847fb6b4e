import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SettingsOf } from '#domain/channel/channel.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import type { Parcel } from '#domain/delivery/parcel.ts';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';

type MailSettings = SettingsOf<'mail'>;
type Failure = Error | null | undefined;

/** A server that says nothing for so long is not going to. */
const PATIENCE_MS = 20_000;
/** Letters through one connection; many servers close it after some more. */
const LETTERS_A_CONNECTION = 50;

/**
 * A mail server and the connection to it, which is opened when it is first needed and kept for what comes after. The protocol is
 * followed step by step, since only that tells whether a letter may have been taken when the connection breaks.
 */
export class MailSession {
  readonly #settings: MailSettings;
  #connection: SMTPConnection | undefined;
  #letters = 0;

  constructor(settings: MailSettings) {
    this.#settings = settings;
  }

  /** Hands one letter over. Never throws for a bad server or a bad address. */
  async send(parcel: Parcel, at: Instant): Promise<Outcome> {
    const { email } = parcel.to;
    if (email === undefined) {
      return { kind: 'refused', answer: `${parcel.to.staffNo} 没有邮箱 has no e-mail address.` };
    }
    let connection: SMTPConnection;
    try {
      connection = await this.#open();
    } catch (error) {
      this.close();
      // Whoever can't sign in has not begun to send: the next attempt finds other settings, or another server.
      return { kind: 'failed', answer: wordsOf(error) };
    }
    const letter = await written(this.#settings, parcel, email, at);
    const outcome = await handOver(connection, this.#settings.from, email, letter);
    this.#letters += 1;
    if (outcome.kind !== 'delivered' || this.#letters >= LETTERS_A_CONNECTION) this.close();
    return outcome;
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#letters = 0;
    if (connection === undefined) return;
    // Says good-bye, and does not wait to hear it.
    connection.quit();
    connection.close();
  }

  async #open(): Promise<SMTPConnection> {
    if (this.#connection !== undefined) return this.#connection;
    const { host, port, tls, user, password } = this.#settings;
    const connection = new SMTPConnection({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      dnsTimeout: PATIENCE_MS,
    });
    this.#connection = connection;
    await new Promise<void>((resolve, reject) => {
      // Errors come here also between two letters; the next letter finds the connection closed.
      connection.on('error', reject);
      connection.connect((error?: Failure) => settle(error, resolve, reject));
    });
    if (user !== undefined && password !== undefined) {
      await new Promise<void>((resolve, reject) => {
        connection.login({ user, pass: password }, (error?: Failure) => settle(error, resolve, reject));
      });
    }
    return connection;
  }
}

function settle(error: Failure, resolve: () => void, reject: (error: Error) => void): void {
  if (error === null || error === undefined) resolve();
  else reject(error);
}

/** The letter's bytes: the same for the same delivery, but for the moment. A reader's program shows two copies with one Message-ID as one. */
async function written({ from }: MailSettings, parcel: Parcel, email: string, at: Instant): Promise<Buffer> {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return new MailComposer({
    from: { name: '明抽 Mingchou', address: from },
    to: { name: parcel.to.name, address: email },
    subject: parcel.subject,
    text: parcel.text,
    textEncoding: 'base64',
    messageId: `<${parcel.delivery}@${domain}>`,
    date: new Date(epochMilliseconds(at)),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/**
 * One letter through an open connection. A server that refuses says with which class: 4xx for now, 5xx for good. One that says
 * nothing once it has the whole letter may have taken it.
 */
function handOver(connection: SMTPConnection, from: string, to: string, letter: Buffer): Promise<Outcome> {
  let wholeLetterGiven = false;
  const content = Readable.from([letter]);
  content.once('end', () => {
    wholeLetterGiven = true;
  });
  return new Promise((resolve) => {
    const broken = (error: unknown): void =>
      resolve({ kind: wholeLetterGiven ? 'unsure' : 'failed', answer: wordsOf(error) });
    connection.once('error', broken);
    connection.send({ from, to }, content, (error, info) => {
      connection.off('error', broken);
      if (error === null) {
        resolve({ kind: 'delivered', answer: info.response ?? '' });
      } else if (error.responseCode === undefined) {
        broken(error);
      } else {
        resolve({ kind: error.responseCode >= 500 ? 'refused' : 'failed', answer: wordsOf(error) });
      }
    });
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'response' in error && typeof error.response === 'string' ? error.response : error.message;
}
