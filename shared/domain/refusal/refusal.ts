/** One thing that is wrong with an input: where (a JSON Pointer of RFC 6901, or a column's name) and what would be accepted. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  /** What was sent and what is stored, where two people edited one record; one that is absent is left out. */
  readonly yours?: unknown;
  readonly theirs?: unknown;
}

/**
 * The domain's only way to say no: a named reason in kebab-case (`pool-empty`, `team-below-two`), a sentence for
 * a person, and the fields at fault. The web layer turns it into a problem document; nothing has been written when it is thrown.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: string;
  readonly fields: readonly FieldError[];

  constructor(reason: string, detail: string, fields: readonly FieldError[] = []) {
    super(detail);
    this.reason = reason;
    this.fields = fields;
  }
}
