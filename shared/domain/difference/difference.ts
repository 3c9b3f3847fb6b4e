/** Where two values are not the same (a JSON Pointer of RFC 6901), and what each has there; undefined where one has nothing. */
interface Difference {
  readonly pointer: string;
  readonly yours: unknown;
  readonly theirs: unknown;
}

/** Every place at which two JSON values differ, as deep as it can be named, in the order of yours and then of theirs. */
export function differences(yours: unknown, theirs: unknown, pointer = ''): Difference[] {
  const mine = membersOf(yours);
  const other = membersOf(theirs);
  if (mine === undefined || other === undefined || Array.isArray(yours) !== Array.isArray(theirs)) {
    return Object.is(yours, theirs) ? [] : [{ pointer, yours, theirs }];
  }
  return [...new Set([...mine.keys(), ...other.keys()])].flatMap((name) =>
    differences(mine.get(name), other.get(name), `${pointer}/${escaped(name)}`),
  );
}

/** The members of an object, or of an array by their place; undefined for everything else. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
