import type { CalendarDate } from '#domain/time/time.ts';
import { registrationForm, type RegistrationForm } from './registration-form.ts';
import type { Inspection, InspectionDraw } from './inspection.ts';

/** By when the visit is to be over: the last day that its deadline gives, while there is one. */
export interface VisitPeriod {
  readonly from: CalendarDate;
  readonly through: CalendarDate | undefined;
  readonly provisional: boolean;
}

/** Whom the subject can ask, one for each unit. */
export interface NoticeContact {
  readonly unit: string;
  readonly name: string;
  readonly phone: string | undefined;
}

/** The notice of a visit (随机抽查通知书): what the subject is told, and nothing of how others are classed. */
export interface VisitNotice extends Pick<
  RegistrationForm,
  'inspection' | 'tasks' | 'units' | 'team' | 'lines'
> {
  readonly subject: Pick<Inspection['subject'], 'id' | 'name' | 'address'>;
  /** Drawn at random by one of its draws, or named by what was reported in all of them. */
  readonly how: InspectionDraw['how'];
  /** What is to be had ready (所需材料), by the matter that asks for it. */
  readonly materials: readonly { readonly matter: string; readonly text: string }[];
  readonly contacts: readonly NoticeContact[];
  readonly period: VisitPeriod;
  readonly issuedOn: CalendarDate;
}

interface Issued {
  readonly contacts: readonly NoticeContact[];
  readonly period: VisitPeriod;
  readonly issuedOn: CalendarDate;
}

/** The notice of an inspection, as it stands on the day of its issue. `titles`: of its draws, by id. */
export function visitNotice(
  inspection: Inspection,
  titles: ReadonlyMap<string, string>,
  { contacts, period, issuedOn }: Issued,
): VisitNotice {
  const { record: _, ...unrecorded } = inspection;
  const { inspection: id, tasks, units, team, lines } = registrationForm(unrecorded, titles, []);
  const { subject } = inspection;
  return {
    inspection: id,
    tasks,
    subject: {
      id: subject.id,
      name: subject.name,
      ...(subject.address === undefined ? {} : { address: subject.address }),
    },
    how: inspection.draws.some(({ how }) => how === 'drawn') ? 'drawn' : 'named',
    units,
    team,
    lines,
    materials: lines.flatMap(({ matter, materials }) =>
      materials === undefined ? [] : [{ matter, text: materials }],
    ),
    contacts,
    period,
    issuedOn,
  };
}
