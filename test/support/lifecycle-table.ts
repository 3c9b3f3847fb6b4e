import { expect, it } from 'vitest';
import type * as z from 'zod';
import { isPermitted, standingLabels, type Lifecycle, type Standing } from '#domain/lifecycle/lifecycle.ts';
import { refusalOf } from './refusals.ts';

/** The life of a kind of record, written out by hand: not the table of the code. */
interface Life<Status extends string, Kind extends string, Command, Stored> {
  readonly lifecycle: Lifecycle<Status, Kind>;
  readonly schema: z.ZodType<Stored>;
  readonly decide: (record: Stored, command: Command) => Stored;
  readonly commands: Readonly<Record<Kind, Command>>;
  readonly inStatus: Readonly<Record<Status, Stored>>;
  /** Which command is taken in which state, and which state follows. */
  readonly taken: readonly (readonly [Kind, Status, Status])[];
  /** Who may give each. */
  readonly may: Readonly<Record<Kind, readonly Standing[]>>;
}

const standings = Object.keys(standingLabels).filter((one): one is Standing =>
  Object.hasOwn(standingLabels, one),
);

/** Tries every command in every state, and every standing with every command. */
export function livesBy<
  Status extends string,
  Kind extends string,
  Command,
  Stored extends { readonly status: Status; readonly version: number },
>({ lifecycle, schema, decide, commands, inStatus, taken, may }: Life<Status, Kind, Command, Stored>): void {
  const kinds = Object.keys(may).filter((one): one is Kind => Object.hasOwn(may, one));
  const statuses = Object.keys(inStatus).filter((one): one is Status => Object.hasOwn(inStatus, one));
  const refused = kinds.flatMap((kind) =>
    statuses
      .filter((status) => !taken.some(([one, from]) => one === kind && from === status))
      .map((status) => [kind, status] as const),
  );

  it('knows every command in every state', () => {
    expect(Object.keys(lifecycle.steps).toSorted()).toEqual(kinds.toSorted());
    expect(Object.keys(lifecycle.statuses).toSorted()).toEqual(statuses.toSorted());
    expect(taken.length + refused.length).toBe(kinds.length * statuses.length);
  });

  it.each(taken)('takes %s while it is %s and is then %s', (kind, status, then) => {
    const before = inStatus[status];
    const after = decide(before, commands[kind]);
    expect([after.status, after.version]).toEqual([then, before.version + 1]);
    expect(schema.parse(after)).toEqual(after);
    const { to } = lifecycle.steps[kind];
    expect(to === 'unchanged' ? [status] : to).toContain(then);
  });

  it.each(refused)('refuses %s while it is %s', (kind, status) => {
    const refusal = refusalOf(() => decide(inStatus[status], commands[kind]));
    expect([refusal.reason, refusal.message.includes(`is ${status}; ${kind}`)]).toEqual([
      'wrong-state',
      true,
    ]);
  });

  it.each(kinds.flatMap((kind) => standings.map((standing) => [kind, standing] as const)))(
    'lets %s be given by the standing %s, or does not',
    (kind, standing) => {
      expect(isPermitted(lifecycle, kind, new Set([standing]))).toBe(may[kind].includes(standing));
    },
  );
}
