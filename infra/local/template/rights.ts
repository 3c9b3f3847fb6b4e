import type * as z from 'zod';
import type { References } from './references.ts';
import type * as kinds from './resources.ts';

type Role = z.output<typeof kinds.role.honoured>;
type Policy = z.output<typeof kinds.policy.honoured>;
type Statement = Policy['PolicyDocument']['Statement'][number];

/** The statements of each role, by its ARN: those inside of it, and those of policies beside it. */
export function statementsByRole(
  references: References,
  roles: readonly { id: string; properties: Role }[],
  policies: readonly { properties: Policy }[],
): Map<string, Statement[]> {
  return new Map(
    roles.map(({ id, properties }) => [
      references.arnOf(id),
      [
        ...properties.Policies,
        ...policies
          .filter((policy) => policy.properties.Roles.includes(references.nameOf(id)))
          .map((policy) => policy.properties),
      ].flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    ]),
  );
}

/**
 * What functions may do, as their roles say. Looked at for calls that the runner answers itself and that name a resource.
 * The bad case: a queue that can be read on this machine and, in the cloud, by nobody.
 */
export class Rights {
  readonly #roleOf: ReadonlyMap<string, string>;
  readonly #statements: ReadonlyMap<string, readonly Statement[]>;

  constructor(roleOf: ReadonlyMap<string, string>, statements: ReadonlyMap<string, readonly Statement[]>) {
    this.#roleOf = roleOf;
    this.#statements = statements;
  }

  /** Why a function may not do something to a resource; undefined when it may. A statement with a condition lets nothing through here. */
  refusal(functionId: string, action: string, resource: string): string | undefined {
    const own = this.#statements.get(this.#roleOf.get(functionId) ?? '') ?? [];
    const about = own.filter(
      (statement) =>
        statement.Action.some((pattern) => like(action, pattern)) &&
        statement.Resource.some((pattern) => like(resource, pattern)),
    );
    const allowed =
      about.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined) &&
      about.every(({ Effect }) => Effect === 'Allow');
    return allowed ? undefined : `The role of ${functionId} does not allow ${action} on ${resource}.`;
  }
}

/** IAM's wildcards: `*` for anything, `?` for one character. */
function like(text: string, pattern: string): boolean {
  const source = pattern
    .split('')
    .map((one) => (one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[\\^$.|+()[\]{}]/, String.raw`\$&`)))
    .join('');
  return new RegExp(`^${source}$`).test(text);
}
