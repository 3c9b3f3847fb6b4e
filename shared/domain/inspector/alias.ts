import { deriveId } from '#domain/ids/derive.ts';

/** A person or unit in a public proof: the same one everywhere, without name or staff number. */
export const inspectorAlias = (staffNo: string): string => deriveId('P', staffNo);
export const unitAlias = (unit: string): string => deriveId('U', unit);
