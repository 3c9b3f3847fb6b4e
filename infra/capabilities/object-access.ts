import type { FunctionName } from '#contracts/environment.ts';

/** Which objects of the bucket of files that come and go each function may read and write, by the beginning of their key. Who signs a link has the right that the link gives. */
export const fileAccess: Readonly<
  Partial<Record<FunctionName, { readonly get: readonly string[]; readonly put: readonly string[] }>>
> = {
  libraries: { get: ['imports/*', 'exports/*'], put: ['uploads/*', 'exports/*'] },
  imports: { get: ['uploads/*', 'imports/*'], put: ['imports/*'] },
  submissions: { get: ['national/*'], put: ['national/*'] },
};

/** The same of the bucket of evidence: nothing that is kept can be deleted by any function. */
export const evidenceAccess: typeof fileAccess = {
  evidence: { get: ['incoming/*', 'kept/*'], put: ['incoming/*', 'kept/*'] },
  archive: { get: ['kept/*', 'archives/*'], put: [] },
  packaging: { get: ['kept/*'], put: ['archives/*'] },
};
