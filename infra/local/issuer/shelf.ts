interface Stored {
  readonly payload: Payload;
  readonly until: number;
}
interface Payload {
  readonly uid?: string;
  readonly grantId?: string;
  readonly [field: string]: unknown;
}

/** Everything that the issuer remembers, of all its models; gone when the runner stops, and everybody signs in again. */
const shelf = new Map<string, Stored>();

/** What the issuer remembers of one of its models, in memory: `oidc-provider` asks for an adapter of this shape. */
export class Shelf {
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  upsert(id: string, payload: Payload, expiresInSeconds: number): Promise<void> {
    // The machine's clock: the issuer stamps its tokens by it, whatever day the stack is at.
    shelf.set(this.#key(id), { payload, until: Date.now() + expiresInSeconds * 1000 });
    return Promise.resolve();
  }

  find(id: string): Promise<Payload | undefined> {
    const stored = shelf.get(this.#key(id));
    return Promise.resolve(stored !== undefined && stored.until > Date.now() ? stored.payload : undefined);
  }

  findByUid(uid: string): Promise<Payload | undefined> {
    const found = [...shelf].find(
      ([key, { payload }]) => key.startsWith(this.#key('')) && payload.uid === uid,
    );
    return Promise.resolve(found?.[1].payload);
  }

  /** The device flow is not offered, so no user code was ever given. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async consume(id: string): Promise<void> {
    const stored = shelf.get(this.#key(id));
    if (stored !== undefined) {
      const consumed = Math.floor(Date.now() / 1000);
      shelf.set(this.#key(id), { ...stored, payload: { ...stored.payload, consumed } });
    }
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    shelf.delete(this.#key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of shelf) if (payload.grantId === grantId) shelf.delete(key);
    return Promise.resolve();
  }

  #key(id: string): string {
    return `${this.#model}/${id}`;
  }
}
