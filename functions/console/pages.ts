import type { Page } from '#console/kit/page.ts';
import { archivePages } from '#console/pages/archive.tsx';
import { assignment } from '#console/pages/assignment.tsx';
import { calendarPages } from '#console/pages/calendar.tsx';
import { channelsPages } from '#console/pages/channels.tsx';
import { correctionPages } from '#console/pages/corrections.tsx';
import { deadLettersPages } from '#console/pages/dead-letters.tsx';
import { deadlinePages } from '#console/pages/deadlines.tsx';
import { deadlineRulesPages } from '#console/pages/deadline-rules.tsx';
import { deliveriesPages } from '#console/pages/deliveries.tsx';
import { drawPages } from '#console/pages/draws.tsx';
import { drawStepPages } from '#console/pages/draw-steps.tsx';
import { drawTeamPages } from '#console/pages/draw-teams.tsx';
import { drawingPages } from '#console/pages/drawing.tsx';
import { evidencePages } from '#console/pages/evidence.tsx';
import { exportPages } from '#console/pages/exports.tsx';
import { figuresPages } from '#console/pages/figures.tsx';
import { firstRunPages } from '#console/pages/first-run.tsx';
import { followUpPages } from '#console/pages/follow-ups.tsx';
import { handoverPages } from '#console/pages/handovers.tsx';
import { historyPages } from '#console/pages/history.tsx';
import { inspection } from '#console/pages/inspection.tsx';
import { inspectionListPages } from '#console/pages/inspections.tsx';
import { inspectionMorePages } from '#console/pages/inspection-more.tsx';
import { inspectorsPages } from '#console/pages/inspectors.tsx';
import { ledgerPages } from '#console/pages/ledger.tsx';
import { librariesPages } from '#console/pages/libraries.tsx';
import { messagePages } from '#console/pages/messages.tsx';
import { peoplePages } from '#console/pages/people.tsx';
import { policiesPages } from '#console/pages/policies/policies.tsx';
import { preferencePages } from '#console/pages/preferences.tsx';
import { record } from '#console/pages/record.tsx';
import { recusalsPages } from '#console/pages/recusals.tsx';
import { scansPages } from '#console/pages/scans.tsx';
import { sourcesPages } from '#console/pages/sources.tsx';
import { subjectsPages } from '#console/pages/subjects.tsx';
import { todayPages } from '#console/pages/today.tsx';
import { triagingPages } from '#console/pages/triaging.tsx';
import { triggerPages } from '#console/pages/triggers.tsx';
import { warningsPages } from '#console/pages/warnings.tsx';

/** Every page of the console, in the order of the navigation. Whose page each is stands in it, and is tested for every role. */
export const pages: readonly Page[] = [
  ...todayPages,
  ...deadlinePages,
  ...inspectionListPages,
  assignment,
  inspection,
  record,
  ...inspectionMorePages,
  ...archivePages,
  ...evidencePages,
  ...followUpPages,
  ...handoverPages,
  ...correctionPages,
  ...exportPages,
  ...messagePages,
  ...preferencePages,
  ...recusalsPages,
  ...triggerPages,
  ...triagingPages,
  ...drawPages,
  ...drawingPages,
  ...drawStepPages,
  ...drawTeamPages,
  ...policiesPages,
  ...warningsPages,
  ...scansPages,
  ...subjectsPages,
  ...figuresPages,
  ...ledgerPages,
  ...historyPages,
  ...librariesPages,
  ...peoplePages,
  ...inspectorsPages,
  ...firstRunPages,
  ...calendarPages,
  ...deadlineRulesPages,
  ...sourcesPages,
  ...channelsPages,
  ...deliveriesPages,
  ...deadLettersPages,
];
