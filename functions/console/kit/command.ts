import type { OperationKey } from '#contracts/api/operations.ts';
import { bodyOf, type Field, type Form } from './form.ts';
import type { Action, Words } from './page.ts';

/**
 * An action that gives a command about what its page shows, and stays on the page.
 * @param body the fields that fill the command's body, or how it is made of what was typed; without it the command takes none
 */
export function staying(
  key: OperationKey,
  said: Words,
  body?: readonly Field[] | ((form: Form) => Readonly<Record<string, unknown>>),
): Action {
  return {
    said,
    run: async ({ api, params, path }, form) => {
      const { once } = form;
      await (body === undefined
        ? api.call(key, { params, once })
        : api.command(key, {
            params,
            once,
            body: typeof body === 'function' ? body(form) : bodyOf(body, form),
          }));
      return { to: path };
    },
  };
}
