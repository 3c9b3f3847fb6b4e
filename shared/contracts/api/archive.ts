import * as z from 'zod';
import { Archive, ArchivedFile, ArchivePackage } from '#domain/archive/archive.ts';
import { Missing } from '#domain/archive/completeness.ts';
import { InspectionStatus } from '#domain/inspection/inspection.ts';
import type { Operations } from './operation.ts';

/** The package of an archive: a step of its own builds it. */
const PackageView = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('building') }),
  z.strictObject({
    status: z.literal('ready'),
    bytes: ArchivePackage.shape.bytes,
    sha256: ArchivePackage.shape.sha256,
    builtAt: ArchivePackage.shape.at,
  }),
]);

/** What staff see of an archive; the lists are there once the package is built. */
export const ArchiveView = z.strictObject({
  inspection: z.string(),
  status: z.literal('archived'),
  number: Archive.shape.number,
  unit: Archive.shape.unit,
  archivedBy: Archive.shape.by,
  archivedAt: Archive.shape.at,
  archiveBy: Archive.shape.archiveBy,
  package: PackageView,
  files: z.array(ArchivedFile).optional(),
  beside: z.array(ArchivedFile).optional(),
});
export type ArchiveView = z.infer<typeof ArchiveView>;

/** Before an inspection is archived: everything that is missing in its file. */
export const UnarchivedView = z.strictObject({
  inspection: z.string(),
  status: InspectionStatus,
  complete: z.boolean(),
  missing: z.array(Missing),
});
export type UnarchivedView = z.infer<typeof UnarchivedView>;

/** Where the package is fetched, and the hash by which it is known. */
export const PackageLink = z.strictObject({
  name: z.string(),
  bytes: z.int().positive(),
  sha256: z.string(),
  url: z.string(),
  validSeconds: z.int().positive(),
});
export type PackageLink = z.infer<typeof PackageLink>;

export const archiveOperations = {
  'GET /inspections/{id}/archive': {
    summary: ['归档情况', 'The archive of an inspection, or what is missing in its file'],
    answers: { 200: z.union([ArchiveView, UnarchivedView]) },
  },
  'POST /inspections/{id}/archive': {
    summary: ['归档', 'Archive a closed inspection under the next number of its unit'],
    once: true,
    answers: { 201: ArchiveView },
  },
  'GET /inspections/{id}/archive/package': {
    summary: ['下载档案包', 'A link to the package, good for 15 minutes'],
    answers: { 200: PackageLink },
  },
} as const satisfies Operations<'archive'>;
