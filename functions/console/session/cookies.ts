/** Browsers keep 4,096 bytes of a cookie, its name and attributes included; some issuers' tokens are longer than that. */
const PIECE = 3_600;
/** What a session may be cut into; more would be refused by API Gateway, which takes 10 KB of headers. */
const MOST_PIECES = 2;
const NAMES = { session: 'mingchou', signing: 'mingchou-signing' } as const;
export type CookieName = keyof typeof NAMES;

/**
 * The cookies of the console: sent to the console's own site only, never to a script. On https they are bound to this
 * very host (`__Host-`, RFC 6265bis 4.1.3.2).
 */
export class Cookies {
  readonly #prefix: string;
  readonly #attributes: string;

  constructor(origin: string) {
    const secure = origin.startsWith('https:');
    this.#prefix = secure ? '__Host-' : '';
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** The value that `set` made lines of. */
  read(cookies: Readonly<Record<string, string>>, name: CookieName): string | undefined {
    const pieces = this.#names(name).map((piece) => cookies[piece] ?? '');
    const value = pieces.join('');
    return value === '' ? undefined : value;
  }

  /** Lines of `set-cookie` for a value; the pieces that it does not need are taken away, so that none of an earlier one is left. */
  set(name: CookieName, value: string): string[] {
    if (value.length > PIECE * MOST_PIECES) {
      throw new Error(
        `the ${name} takes ${value.length} bytes; the issuer's tokens are too long for cookies`,
      );
    }
    return this.#names(name).map((piece, at) => {
      const part = value.slice(at * PIECE, (at + 1) * PIECE);
      return `${piece}=${part}; ${this.#attributes}${part === '' ? '; Max-Age=0' : ''}`;
    });
  }

  clear(name: CookieName): string[] {
    return this.set(name, '');
  }

  #names(name: CookieName): string[] {
    return Array.from(
      { length: MOST_PIECES },
      (_, at) => `${this.#prefix}${NAMES[name]}${at === 0 ? '' : `-${at}`}`,
    );
  }
}
