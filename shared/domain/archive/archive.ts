import * as z from 'zod';
import { CalendarDate, Instant } from '#domain/time/time.ts';

/** One file of a package, or one that is kept beside it. */
export const ArchivedFile = z.object({ name: z.string(), size: z.int().nonnegative(), sha256: z.string() });
export type ArchivedFile = z.infer<typeof ArchivedFile>;

/** The package once it is built: its files, and where it is kept. */
export const ArchivePackage = z.object({
  at: Instant,
  bytes: z.int().positive(),
  /** SHA-256 of the ZIP: the ledger's event holds it too. */
  sha256: z.string(),
  files: z.array(ArchivedFile),
  /** Evidence that no package holds, because together it is too big: it is kept in the bucket under these hashes. */
  beside: z.array(ArchivedFile),
});
export type ArchivePackage = z.infer<typeof ArchivePackage>;

/** The archive of an inspection (归档, article 13), under the inspection's id. */
export const Archive = z.object({
  id: z.string(),
  version: z.int().positive(),
  correlation: z.string(),
  /** 档号. */
  number: z.string(),
  unit: z.string(),
  year: z.int(),
  serial: z.int().positive(),
  by: z.string(),
  at: Instant,
  /** The 30th working day after the publication. */
  archiveBy: CalendarDate,
  package: ArchivePackage.optional(),
});
export type Archive = z.infer<typeof Archive>;

/**
 * The archive number (档号) of a unit's serial-th archive of a year: fonds, category and year, piece (DA/T 13). `SSJ` is
 * 双随机检查; there are no gaps within a year.
 */
export function archiveNumber(unit: string, year: number, serial: number): string {
  return `${unit}-SSJ·${year}-${String(serial).padStart(4, '0')}`;
}

/** Bytes of evidence that a package holds: a ZIP without extensions ends at 4 GiB, and a download has to end on a slow line too. */
const PACKED_BYTES = 3 * 1024 ** 3;

/** Which of the files a package holds, the first ones by name as long as there is room, and which are kept beside it. */
export function packable<T extends ArchivedFile>(
  files: readonly T[],
  limit: number = PACKED_BYTES,
): { readonly packed: readonly T[]; readonly beside: readonly T[] } {
  const packed: T[] = [];
  const beside: T[] = [];
  let bytes = 0;
  for (const file of files.toSorted(byName)) {
    const fits = bytes + file.size <= limit;
    (fits ? packed : beside).push(file);
    if (fits) bytes += file.size;
  }
  return { packed, beside };
}

/** The order of files in a package and in its lists. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The list that `sha256sum -c` reads: a hash, two spaces and a name on each line. */
export function sha256Sums(files: readonly ArchivedFile[]): string {
  return files
    .toSorted(byName)
    .map(({ sha256, name }) => `${sha256}  ${name}\n`)
    .join('');
}
