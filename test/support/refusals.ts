import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';

/** The refusal that a call ends with. Fails the test when it returns or throws something else. */
export function refusalOf(call: () => unknown): Refusal {
  try {
    call();
  } catch (error) {
    return refused(error);
  }
  throw new Error('the call was not refused');
}

/** The refusal that a promise ends with. Fails the test when it is fulfilled or fails otherwise. */
export async function refusalFrom(promise: Promise<unknown>): Promise<Refusal> {
  try {
    await promise;
  } catch (error) {
    return refused(error);
  }
  throw new Error('the promise was not refused');
}

/** Where the refusal found fault, in its order. */
export const pointersOf = ({ fields }: { readonly fields: readonly FieldError[] }): string[] =>
  fields.map((field) => field.pointer);

function refused(error: unknown): Refusal {
  if (error instanceof Refusal) {
    return error;
  }
  throw error;
}
