import { ShownDraft } from '#domain/inspection/draft.ts';
import {
  BatchAnswer,
  BatchAssignment,
  InspectionDraftBody,
  InspectionList,
  InspectionsQuery,
} from './inspection-lists.ts';
import type { Operation } from './operation.ts';

/** The routes by which staff work from lists, and keep what they have filled in. */
export const inspectionListOperations = {
  'GET /inspections': {
    summary: ['检查清单，含各阶段数量', 'Inspections that staff work from, with how many are in each phase'],
    query: InspectionsQuery,
    answers: { 200: InspectionList },
  },
  'GET /inspections.csv': {
    summary: ['导出检查清单', 'The same list as a CSV file'],
    query: InspectionsQuery,
    answers: { 200: ['text/csv'] },
  },
  'POST /inspections/assign': {
    summary: ['批量直接选派检查人员', "Assign a unit's people to many inspections"],
    body: BatchAssignment,
    once: true,
    answers: { 200: BatchAnswer },
  },
  'PUT /inspections/{id}/draft': {
    summary: ['暂存检查记录', 'Keep what is filled in of a record that is not entered yet'],
    body: InspectionDraftBody,
    answers: { 200: ShownDraft },
  },
} as const satisfies Readonly<Record<string, Operation>>;
