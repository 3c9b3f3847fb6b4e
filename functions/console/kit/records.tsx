import type { ComponentChildren } from 'preact';
import { watchesAll } from '#domain/person/person.ts';
import type { Person } from './page.ts';

/** Where the page of a record is, by the kind of record; a kind without a page of its own is not here. */
const places = {
  trigger: '/console/triggers/',
  draw: '/console/draws/',
  inspection: '/console/inspections/',
  deadline: '/console/deadlines/',
  correction: '/console/corrections/',
  handover: '/console/handovers/',
  'follow-up': '/console/follow-ups/',
} as const satisfies Readonly<Record<string, string>>;

/** A record that has a page. */
export type RecordKind = keyof typeof places;

const BY_PREFIX: ReadonlyMap<string, RecordKind> = new Map([
  ['T', 'trigger'],
  ['D', 'draw'],
  ['I', 'inspection'],
]);

/** What derived ids look like in the text of a message, see #domain/ids/derive.ts. */
const ID = /\b([TDI]-[0-9a-f]{24})\b/;

/**
 * The page of a record, where the person has one: triggers and draws are read by those who watch everything; the head of a unit
 * has the part of a draw for which they choose people, and a business section the beacon that it may enter.
 */
export function recordPath(kind: RecordKind, id: string, { role }: Pick<Person, 'role'>): string | undefined {
  const path = `${places[kind]}${encodeURIComponent(id)}`;
  if (kind === 'draw' && role === 'unit') return `${path}/teams`;
  if (kind === 'draw' && role === 'business-section') return `${path}/beacon`;
  return (kind === 'draw' || kind === 'trigger') && !watchesAll(role) ? undefined : path;
}

interface LinkProps {
  readonly kind: RecordKind;
  readonly id: string;
  readonly person: Pick<Person, 'role'>;
  readonly children: ComponentChildren;
}

/** A link to a record, or its words alone for whom it is not. */
export function RecordLink({ kind, id, person, children }: LinkProps) {
  const path = recordPath(kind, id, person);
  return path === undefined ? <>{children}</> : <a href={path}>{children}</a>;
}

/** A text whose ids lead to what they name, and whose lines stay lines. */
export function TextWithIds({
  text,
  person,
}: {
  readonly text: string;
  readonly person: Pick<Person, 'role'>;
}) {
  return (
    <>
      {text.split('\n').map((line, at) => (
        <div key={at}>
          {line.split(ID).map((part, place) => {
            const kind = ID.test(part) ? BY_PREFIX.get(part.slice(0, 1)) : undefined;
            return kind === undefined ? (
              part
            ) : (
              <RecordLink key={place} kind={kind} id={part} person={person}>
                {part}
              </RecordLink>
            );
          })}
        </div>
      ))}
    </>
  );
}
