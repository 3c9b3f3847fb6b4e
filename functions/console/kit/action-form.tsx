import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { FieldError } from '#domain/refusal/refusal.ts';
import { ACTION, ONCE, pointerOf, SECRET, type Field, type Form, type Group } from './form.ts';
import { addressOf, type Asked, type Returned, type Words } from './page.ts';
import { Two } from './words.tsx';

interface Props {
  readonly asked: Asked;
  readonly action: string;
  readonly fields: readonly Field[];
  readonly submit: Words;
  /** What the fields hold at first, by name; several values of `choices`. */
  readonly initial?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Asked about before it is sent, where a script runs. */
  readonly sure?: string;
  readonly kind?: 'plain' | 'danger';
  /** Stands between the fields and the button. */
  readonly children?: ComponentChildren;
}

/**
 * A form for one action of the page it stands on. Sent twice it is carried out once; what was refused comes back with what
 * was typed and with what is wrong beside each field, in words and not by colour alone.
 */
export function ActionForm(props: Props) {
  const { asked, action, fields, submit, initial = {}, sure, kind = 'plain', children } = props;
  const returned = asked.returned?.action === action ? asked.returned : undefined;
  const errors = returned?.problem?.errors ?? [];
  const hasFile = fields.some((field) => field.kind === 'file');
  const typed = ({ kind: of, name }: Field) => (of === 'secret' ? [] : returned?.form.values[name]);
  return (
    <form
      method="post"
      action={addressOf(asked)}
      class="action"
      id={action}
      {...(hasFile ? { encType: 'multipart/form-data' } : {})}
      {...(sure === undefined ? {} : { 'data-sure': sure })}
    >
      <input type="hidden" name={ACTION} value={action} />
      <Once />
      <Refused returned={returned} fields={fields} action={action} />
      {fields
        .filter(({ kind: of }) => of === 'secret')
        .map(({ name }) => (
          <input key={name} type="hidden" name={SECRET} value={name} />
        ))}
      {groupsOf(fields).map(({ group, fields: some }) => (
        <Grouped
          key={some[0]?.name}
          group={group}
          isOpen={some.some(
            (field) =>
              faultsOf(field, errors).length > 0 || (typed(field)?.some((one) => one.trim() !== '') ?? false),
          )}
        >
          {some.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              id={`${action}-${field.name}`}
              typed={typed(field) ?? given(initial[field.name])}
              faults={faultsOf(field, errors)}
            />
          ))}
        </Grouped>
      ))}
      {children}
      <button type="submit" class={kind}>
        <Two words={submit} />
      </button>
      {returned?.outcome === undefined ? null : (
        <div class="outcome" role="status">
          {returned.outcome}
        </div>
      )}
    </form>
  );
}

interface FieldsOfGroup {
  readonly group: Group | undefined;
  readonly fields: readonly Field[];
}

/** The fields in their order, those that follow each other in one group together. */
function groupsOf(fields: readonly Field[]): FieldsOfGroup[] {
  const groups: { group: Group | undefined; fields: Field[] }[] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last !== undefined && last.group === field.group) last.fields.push(field);
    else groups.push({ group: field.group, fields: [field] });
  }
  return groups;
}

interface GroupedProps {
  readonly group: Group | undefined;
  /** What was typed, or is wrong, must not lie hidden in a folded group. */
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

function Grouped({ group, isOpen, children }: GroupedProps) {
  if (group === undefined) return <>{children}</>;
  return group.folded === true ? (
    <details class="group" open={isOpen}>
      <summary>
        <Two words={group.words} />
      </summary>
      {children}
    </details>
  ) : (
    <fieldset class="group">
      <legend>
        <Two words={group.words} />
      </legend>
      {children}
    </fieldset>
  );
}

/** The form's own number: sent twice, it is carried out once. */
export function Once() {
  return <input type="hidden" name={ONCE} value={randomUUID()} />;
}

function given(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** What is wrong with a field, or with something inside of it. */
export function faultsOf({ name }: Field, errors: readonly FieldError[]): string[] {
  const pointer = pointerOf(name);
  return errors
    .filter((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    .map(({ detail }) => detail);
}

interface RefusedProps {
  readonly returned: Returned | undefined;
  readonly fields: readonly Field[];
  readonly action: string;
}

/** Why the form was refused, with links to the fields that are wrong; what has no field of its own is said here. */
export function Refused({ returned, fields, action }: RefusedProps) {
  const problem = returned?.problem;
  if (problem === undefined) {
    return null;
  }
  const errors = problem.errors ?? [];
  const placed = fields.filter((field) => faultsOf(field, errors).length > 0);
  const pointers = placed.map(({ name }) => pointerOf(name));
  const loose = errors.filter(
    ({ pointer }) => !pointers.some((one) => pointer === one || pointer.startsWith(`${one}/`)),
  );
  return (
    <div class="refused" role="alert" tabIndex={-1} id={`${action}-refused`}>
      <p>
        <strong>未办理 Not done</strong> {problem.detail}
      </p>
      {placed.length + loose.length === 0 ? null : (
        <ul>
          {placed.map((field) => (
            <li key={field.name}>
              <a href={`#${action}-${field.name}`}>{field.words[0]}</a>
            </li>
          ))}
          {loose.map(({ pointer, detail }) => (
            <li key={pointer}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface InputProps {
  readonly field: Field;
  readonly id: string;
  readonly typed: readonly string[];
  readonly faults: readonly string[];
}

/** A field with its label, its hint and what is wrong with it. */
export function FieldInput({ field, id, typed, faults }: InputProps) {
  const described = [
    ...(field.hint === undefined ? [] : [`${id}-hint`]),
    ...(faults.length === 0 ? [] : [`${id}-fault`]),
  ];
  const attributes = {
    id,
    name: field.name,
    ...(field.required === true ? { required: true } : {}),
    ...(faults.length === 0 ? {} : { 'aria-invalid': true }),
    ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
  };
  const notes = (
    <>
      {field.hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {faults.length === 0 ? null : (
        <p class="fault" id={`${id}-fault`}>
          {typed.every((one) => one.trim() === '') && field.required === true ? '请填写 Required. ' : ''}
          {faults.join('；')}
        </p>
      )}
    </>
  );
  if (field.kind === 'choices' || field.kind === 'yes') {
    return (
      <fieldset class="field" id={id} {...(faults.length === 0 ? {} : { 'aria-describedby': `${id}-fault` })}>
        <legend>
          <Two words={field.words} />
        </legend>
        <Boxes field={field} id={id} typed={typed} />
        {notes}
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        <Two words={field.words} />
        {field.required === true ? <span class="must"> *</span> : null}
      </label>
      <Control field={field} attributes={attributes} typed={typed} />
      {notes}
    </div>
  );
}

interface BoxesProps {
  readonly field: Field;
  readonly id: string;
  readonly typed: readonly string[];
}

function Boxes({ field, id, typed }: BoxesProps) {
  const options =
    field.kind === 'choices' ? field.options : [{ value: 'yes', words: ['是', 'Yes'] } as const];
  return (
    <div class="boxes">
      {options.map(({ value, words }) => (
        <label key={value} for={`${id}-${value}`}>
          <input
            type="checkbox"
            id={`${id}-${value}`}
            name={field.name}
            value={value}
            checked={typed.includes(value)}
          />{' '}
          <Two words={words} />
        </label>
      ))}
    </div>
  );
}

interface ControlProps {
  readonly field: Field;
  readonly attributes: Readonly<Record<string, string | boolean>>;
  readonly typed: readonly string[];
}

function Control({ field, attributes, typed }: ControlProps) {
  const value = typed[0] ?? '';
  switch (field.kind) {
    case 'text':
      return <input type="text" {...attributes} value={value} {...limit(field.maxLength)} />;
    case 'secret':
      return (
        <input type="password" autoComplete="new-password" {...attributes} {...limit(field.maxLength)} />
      );
    case 'long':
    case 'lines':
      return (
        <textarea {...attributes} rows={field.kind === 'lines' ? 3 : 4} {...limit(field.maxLength)}>
          {typed.join('\n')}
        </textarea>
      );
    case 'date':
      return <input type="date" {...attributes} value={value} />;
    case 'time':
      return <input type="datetime-local" {...attributes} value={value} />;
    case 'number':
      return (
        <input
          type="number"
          inputMode="numeric"
          {...attributes}
          value={value}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
        />
      );
    case 'choice':
      return (
        <select {...attributes}>
          {field.required === true && value !== '' ? null : <option value="">—</option>}
          {field.options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.words[0]} {option.words[1]}
            </option>
          ))}
        </select>
      );
    case 'file':
      return (
        <input
          type="file"
          {...attributes}
          accept={field.accept}
          data-max={field.maxBytes}
          {...(field.multiple === true ? { multiple: true } : {})}
        />
      );
    case 'choices':
    case 'yes':
      return null;
  }
}

function limit(maxLength: number | undefined): { maxLength?: number } {
  return maxLength === undefined ? {} : { maxLength };
}

/** The values of a form as hidden fields: to send again what an ended session interrupted. Its secrets have to be typed again. */
export function Kept({ action, form }: { readonly action: string; readonly form: Form }) {
  const { [SECRET]: secrets = [], ...typed } = form.values;
  const open = Object.entries(typed).filter(([name]) => !secrets.includes(name));
  const values = [...open, [ACTION, [action]], [ONCE, [form.once]]] as const;
  return (
    <>
      {values.flatMap(([name, all]) =>
        all.map((value, at) => <input key={`${name}-${at}`} type="hidden" name={name} value={value} />),
      )}
    </>
  );
}
