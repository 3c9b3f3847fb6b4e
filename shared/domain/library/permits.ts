import * as z from 'zod';
import type { Library } from '#domain/library/column.ts';
import { readLicences, writeLicences } from '#domain/library/licences.ts';
import { readCode, readDate, readList, readText, readValidity } from '#domain/library/reading.ts';
import { idColumn } from '#domain/library/subjects.ts';
import { writeList, writeValidity } from '#domain/library/writing.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import { Licence, Subject, Tag } from '#domain/subject/subject.ts';

/**
 * One line of a special library (专项库): tags and a licence of a subject that the register has. It adds to the subject and
 * takes nothing from it.
 */
export const Permit = z
  .strictObject({
    id: SubjectId,
    /** As the file has it, to be compared by the eye; the register's name stands. */
    name: z.string().trim().min(1).max(200).optional(),
    /** The special library's own name (专项库名称) is a tag of its subjects: a draw is directed by it like by the others. A licence needs none. */
    library: Tag.optional(),
    tags: z.array(Tag).max(30),
    licence: Licence.partial({ name: true, validThrough: true }).optional(),
  })
  .superRefine(({ library, licence }, context) => {
    if (library === undefined && licence === undefined) {
      context.addIssue({ code: 'custom', path: ['library'], message: '须填写专项库名称，或一张许可证' });
    }
    if (licence === undefined) return;
    for (const member of ['name', 'validThrough'] as const) {
      if (licence[member] === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['licence', member],
          message: '填写了许可证，须同时填写许可证名称和有效期至',
        });
      }
    }
    const whole = Licence.safeParse(licence);
    if (whole.success && !survivesACell(whole.data)) {
      context.addIssue({
        code: 'custom',
        path: ['licence', 'name'],
        message: '许可证名称、编号和机关中的括号须成对，括号外不得有分号、顿号、逗号',
      });
    }
  });
export type Permit = z.infer<typeof Permit>;

/** Licences and tags (专项库). */
export const permits: Library<Permit> = {
  label: '专项库',
  keyColumn: idColumn.header,
  // A subject has a line for each of its licences.
  keyOf: ({ id, library, licence }) =>
    JSON.stringify([id, library ?? '', licence?.name ?? '', licence?.number ?? '']),
  schema: Permit,
  columns: [
    { header: '专项库名称', example: '成品油经营', path: 'library', required: 'in-header', read: readText },
    {
      header: '监管标签',
      example: '成品油',
      path: 'tags',
      read: readList,
      write: writeList,
      whenBlank: { value: () => [], note: '无标签' },
    },
    idColumn,
    { header: '企业名称', otherHeaders: ['名称'], path: 'name', read: readText },
    { header: '许可证名称', example: '成品油零售经营批准证书', path: 'licence.name', read: readText },
    {
      header: '许可证编号',
      example: 'JY001',
      otherHeaders: ['许可证号'],
      path: 'licence.number',
      read: readCode,
    },
    {
      header: '许可批准日期',
      otherHeaders: ['批准日期', '发证日期'],
      path: 'licence.approvedOn',
      read: readDate,
    },
    {
      header: '有效期至',
      example: '2028-03-02',
      otherHeaders: ['许可证有效期至', '有效期'],
      path: 'licence.validThrough',
      read: readValidity,
      write: writeValidity,
    },
    { header: '许可发证机关', otherHeaders: ['发证机关'], path: 'licence.issuer', read: readText },
    { header: '检查机关', path: 'licence.inspectedBy', read: readText },
  ],
};

/**
 * The subject with the tags and the licence of a line. A licence of the same name and number is replaced, being its newer
 * state; one that no number tells apart is replaced by name. A line that is there already gives the same subject.
 * @returns undefined when the subject would have more tags or licences than it may
 */
export function withPermit(subject: Subject, { library, tags, licence }: Permit): Subject | undefined {
  const added = licence === undefined ? undefined : Licence.parse(licence);
  const place = subject.licences.findIndex(
    ({ name, number }) => name === added?.name && number === added.number,
  );
  const licences = place < 0 || added === undefined ? subject.licences : subject.licences.with(place, added);
  const next = Subject.safeParse({
    ...subject,
    tags: [...new Set([...subject.tags, ...(library === undefined ? [] : [library]), ...tags])],
    licences: place < 0 && added !== undefined ? [...licences, added] : licences,
  });
  return next.success ? next.data : undefined;
}

/** The lines that tell of a subject's tags and licences: one for each licence, or one for the tags alone. Importing them again changes nothing. */
export function permitsOf({ id, name, tags: [library, ...tags], licences }: Subject): Permit[] {
  const line: Permit = { id, name, library, tags };
  if (licences.length > 0) return licences.map((licence) => ({ ...line, licence }));
  return library === undefined ? [] : [line];
}

/** The register's own file has all licences of a subject in one cell: what could not be told apart there is not let in here. */
function survivesACell(licence: Licence): boolean {
  const reading = readLicences(writeLicences([licence]));
  const back = reading.ok ? z.array(Licence).safeParse(reading.value) : undefined;
  return back?.success === true && JSON.stringify(sorted(back.data)) === JSON.stringify(sorted([licence]));
}

function sorted(licences: readonly Licence[]): unknown {
  return licences.map((licence) =>
    Object.entries(licence)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
