import * as z from 'zod';
import { Inspector } from '#domain/inspector/inspector.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { lists, stateKey, type Key } from './keys.ts';
import { load, loadMany, loadTogether, queryAll, type Found, type StateTable } from './store.ts';

/** Stored rows carry their keys; what is parsed of them is the record alone. */
export const StoredPerson = Person.strip();
const StoredInspector = Inspector.strip();

/** Who is asking, as the people library says: roles are read from our own records, never from the token. */
export type Staff = Pick<Person, 'staffNo' | 'name' | 'role' | 'unit'>;

/**
 * The person behind a verified token.
 * @throws Refusal `not-staff` when the library does not know the person (and the installation does not name them an administrator).
 */
export async function staffOf(
  store: StateTable,
  staffNo: string | undefined,
  administrators: readonly string[],
): Promise<Staff> {
  const asking = authorized(staffNo);
  return staffFrom(await load(store, StoredPerson, stateKey('PERSON', asking)), asking, administrators);
}

/**
 * The person behind a verified token, and beside them, in the same reading, records that do not depend on who it is: whoever
 * asks takes no request of their own. What was found is to be shown to nobody before the person is known to be let see it.
 * @throws Refusal `not-staff`
 */
export async function staffBeside(
  store: StateTable,
  staffNo: string | undefined,
  administrators: readonly string[],
  keys: readonly Key[],
): Promise<{ readonly staff: Staff; readonly found: Found }> {
  const asking = authorized(staffNo);
  const own = stateKey('PERSON', asking);
  const found = await loadTogether(store, [own, ...keys]);
  return { staff: staffFrom(found.one(StoredPerson, own), asking, administrators), found };
}

function authorized(staffNo: string | undefined): string {
  if (staffNo === undefined) {
    throw new TypeError('this route has no authorizer: nobody can be asked about');
  }
  return staffNo;
}

/** The person behind a token, from what the library was found to say of them. @throws Refusal `not-staff` */
export function staffFrom(
  person: Person | undefined,
  staffNo: string,
  administrators: readonly string[],
): Staff {
  if (person !== undefined) {
    return person;
  }
  if (administrators.includes(staffNo)) {
    return { staffNo, name: staffNo, role: 'administrator', unit: '' };
  }
  throw new Refusal(
    'not-staff',
    `${staffNo} 不在人员库中 is not in the people library; an administrator can import it.`,
  );
}

/** Somebody of the people library, with their address; undefined for whoever is not in it. */
export function personByStaffNo(store: StateTable, staffNo: string): Promise<Person | undefined> {
  return load(store, StoredPerson, stateKey('PERSON', staffNo));
}

/** @throws Refusal `role-forbidden` naming the roles that may. */
export function requireRole(staff: Staff, roles: readonly PersonRole[]): void {
  if (!roles.includes(staff.role)) {
    throw new Refusal(
      'role-forbidden',
      `${staff.role} 无权办理 may not do this; it takes: ${roles.join(', ')}.`,
    );
  }
}

/** Staff numbers of everyone in a role, of one unit or of all. */
export async function staffIn(store: StateTable, role: PersonRole, unit?: string): Promise<string[]> {
  const people = await queryAll(store, z.object({ staffNo: z.string() }), {
    index: 'list',
    partition: lists.peopleOf(role),
    ...(unit === undefined ? {} : { prefix: `${unit}#` }),
  });
  return people.map((person) => person.staffNo);
}

/** The directory of inspectors of one unit (article 5). */
export function inspectorsOf(store: StateTable, unit: string): Promise<Inspector[]> {
  return queryAll(store, StoredInspector, { index: 'list', partition: lists.inspectorsOf(unit) });
}

/** Those of the staff numbers whom the inspectors' library knows, in no order. */
export function inspectorsByStaffNo(store: StateTable, staffNos: readonly string[]): Promise<Inspector[]> {
  return loadMany(
    store,
    StoredInspector,
    [...new Set(staffNos)].map((staffNo) => stateKey('INSPECTOR', staffNo)),
  );
}
