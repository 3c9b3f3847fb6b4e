import * as z from 'zod';
import { CalendarDate } from '#domain/time/time.ts';
import { VisitedSubject } from './form-parts.ts';
import { InspectionDraw, type Inspection } from './inspection.ts';
import { RegistrationForm, registrationForm } from './registration-form.ts';

/** By when the visit is to be over: the last day that its deadline gives, while there is one. */
export const VisitPeriod = z.strictObject({
  from: CalendarDate,
  through: CalendarDate.optional(),
  provisional: z.boolean(),
});
export type VisitPeriod = z.infer<typeof VisitPeriod>;

/** Whom the subject can ask, one for each unit. */
export const NoticeContact = z.strictObject({
  unit: z.string(),
  name: z.string(),
  phone: z.string().optional(),
});
export type NoticeContact = z.infer<typeof NoticeContact>;

const { shape } = RegistrationForm;

/** The notice of a visit (随机抽查通知书): what the subject is told, and nothing of how others are classed. */
export const VisitNotice = z.strictObject({
  inspection: shape.inspection,
  tasks: shape.tasks,
  subject: VisitedSubject.pick({ id: true, name: true, address: true }),
  /** Drawn at random by one of its draws, or named by what was reported in all of them. */
  how: InspectionDraw.shape.how,
  units: shape.units,
  team: shape.team,
  lines: shape.lines,
  /** What is to be had ready (所需材料), by the matter that asks for it. */
  materials: z.array(z.strictObject({ matter: z.string(), text: z.string() })),
  contacts: z.array(NoticeContact),
  period: VisitPeriod,
  issuedOn: CalendarDate,
});
export type VisitNotice = z.infer<typeof VisitNotice>;

interface Issued {
  readonly contacts: NoticeContact[];
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
