/** What the software makes of an article: written by people, checked by the page that is made of it. */
export interface Article {
  readonly article: string;
  readonly says: string;
  readonly built: string;
  /** Files and folders of the project. */
  readonly code: readonly string[];
  /** What a reader may expect and does not find. */
  readonly lacks?: string;
}

export const articles: readonly Article[] = [
  {
    article: '1',
    says: 'purpose and basis 目的依据',
    built:
      'the notice 随机抽查通知书 and every public page name the regulation that they go by, the form and the notice the legal basis of each item',
    code: ['shared/web/visit-notice.tsx', 'shared/web/registration-form.tsx', 'shared/web/layout.tsx'],
  },
  {
    article: '2',
    says: 'triggers and the item list → draw at a ratio, inspect, publish 触发条件、事项清单、抽取比例',
    built:
      'signed webhooks for complaints, referrals, monitoring and risk, whose senders can ask what became of each; policies; reports on one cohort merged into one draw, by rule within a window or by hand; the flow to the public page',
    code: [
      'functions/webhook',
      'functions/triage',
      'functions/draw',
      'shared/domain/trigger',
      'shared/domain/policy',
      'shared/domain/item',
    ],
    lacks: 'entry of a trigger by staff',
  },
  {
    article: '3',
    says: 'several items of one object in one visit 联合抽查',
    built:
      'within one draw the items of all units make one inspection with one team from all units; a later draw adds its items and people to a visit that has not begun ([decision 0013](decisions/0013-draws-meet-on-the-subject.md))',
    code: ['shared/domain/inspection/form.ts', 'shared/domain/inspection/team.ts', 'functions/dispatch'],
    lacks: 'a draw whose visit has begun already makes another one',
  },
  {
    article: '4',
    says: 'risk warning, monitoring, many triggers, targeted draws 风险预警、动态监测、定向抽查',
    built:
      'policies turn outside signals into targeted draws by themselves; what no rule takes is decided by the lead section, with suggestions; referrals and severe hits fire at once; where a law sets a frequency for an item (法定检查周期), its draw is proposed once a period and waits for the lead section; an object that a report names is checked besides the draw ([decision 0016](decisions/0016-named-objects-outside-the-pool.md)); item frequency 抽查频次 and cool-down are kept from the visits that began ([decision 0017](decisions/0017-visits-recorded-at-the-begin.md)); complaints, results of inspections, and what files and people tell become risk signals 风险信号 of their subject, each of which makes it due; a scan each morning looks at the subjects that are due and no others, warns with reasons, turns a cohort (territory × industry) over its threshold into a trigger, and proposes direct checks; cool-downs hold; [rules](risk.md) are rehearsed before they are adopted',
    code: [
      'functions/triage',
      'functions/draw',
      'functions/statutory',
      'functions/signals',
      'functions/scan',
      'functions/assess',
      'functions/rehearsal',
      'functions/monitoring',
      'shared/rules',
      'shared/domain/risk',
      'shared/domain/signal',
      'shared/domain/draw/exclusion.ts',
      'shared/domain/draw/proposal.ts',
      'shared/domain/item/statutory.ts',
      'shared/domain/visit/visit.ts',
      'shared/store/visits.ts',
      'shared/store/signals.ts',
      'shared/store/reviews.ts',
      'shared/store/risk-rules.ts',
      'shared/store/risk.ts',
      'shared/store/scans.ts',
    ],
  },
  {
    article: '5',
    says: 'random objects, random inspectors, a directory of inspectors kept current 随机抽取、名录库动态管理',
    built:
      'committed, reproducible draws by a drand round, an announced source or a sealed secret ([beacons](beacons.md)), with a public proof that anyone [verifies](verify.md) in a terminal, in a browser or by hand, and each enterprise for its own line; inspectors eligible by status, unit, certificate, training, leave, asked again on the day of the visit; balanced random matching with rotation; recusal 回避 from a visit or in advance, with the next in line by pair ticket; warnings 60, 30 and 7 days before a certificate or training lapses and when it has, to the person, the unit and then the lead section; leave and trainings kept by the unit, with their history; how many visits each has open and was given in a year',
    code: [
      'shared/domain/draw',
      'shared/beacon',
      'functions/draw',
      'functions/beacon',
      'functions/match',
      'functions/inspections',
      'functions/certificates',
      'functions/portal',
      'shared/domain/inspector',
      'shared/domain/inspection',
      'shared/domain/visit',
    ],
    lacks: 'draws that balance the load of earlier ones: it is shown, and no draw asks for it',
  },
  {
    article: '6',
    says: 'ratios by credit-risk class 信用风险分类',
    built:
      'four strata; a ratio of each, from the items or the rule, or a number in all with a weight of each; no class counts as B; each class that a file gives is kept in the history of its subject, and none is taken back by an older one',
    code: [
      'shared/domain/draw/quota.ts',
      'shared/domain/draw/proposal.ts',
      'shared/domain/item',
      'functions/draw/propose.ts',
      'functions/draw/freeze.ts',
      'shared/domain/library',
      'shared/store/import-subjects.ts',
      'shared/store/import-amendments.ts',
      'shared/store/signals.ts',
    ],
    lacks: 'the history on a page',
  },
  {
    article: '7(1)',
    says: 'plan by the lead section 制定计划',
    built:
      'each draw has a plan with a document number 文号 without gaps; made by a rule or proposed by hand, with a preview; approval by the lead section with a message and a deadline; voided with a public reason, drawn again with both naming each other',
    code: [
      'functions/draw/propose.ts',
      'functions/cases',
      'shared/domain/plan',
      'shared/domain/draw/proposal.ts',
      'shared/domain/draw/decide.ts',
    ],
    lacks: 'plans of more than one draw',
  },
  {
    article: '7(2)',
    says: 'libraries, random draw of objects 建库、抽取名单',
    built:
      'import of subjects with tags and licences, inspectors, items, people, licences, classes and risk signals from CSV (UTF-8, GB18030) and XLSX, with a dry run, every bad row reported, big files in steps; export that imports again unchanged; pools of any size, gathered in steps ([decision 0014](decisions/0014-pools-gathered-in-runs.md)); the draw',
    code: [
      'functions/libraries',
      'functions/imports',
      'shared/domain/library',
      'shared/files',
      'functions/draw',
      'shared/domain/draw/merge.ts',
      'shared/domain/draw/pool.ts',
    ],
    lacks: 'removal of rows',
  },
  {
    article: '7(3)',
    says: 'registration form, merged and dispatched 登记表、派发名单',
    built: `one inspection with the items of all units that apply to the object, each with legal basis, method, content and materials as the library had them then; lists are handed out in batches, and each unit's head is told once what is the unit's; the [papers](inspections.md#the-papers) 登记表、通知书、汇总表 print on A4 and are JSON as well`,
    code: [
      'functions/dispatch',
      'functions/forms',
      'functions/notify',
      'shared/domain/inspection/form.ts',
      'shared/domain/inspection/form-parts.ts',
      'shared/domain/inspection/registration-form.ts',
      'shared/domain/inspection/visit-notice.ts',
      'shared/domain/inspection/draw-summary.ts',
      'shared/web/document.tsx',
      'shared/web/registration-form.tsx',
      'shared/web/visit-notice.tsx',
      'shared/web/draw-summary.tsx',
    ],
    lacks: 'the answer of a business section to questions',
  },
  {
    article: '7(4)',
    says: 'the unit draws or assigns inspectors 匹配人员',
    built: `drawn at random with the objects, at least two of each unit, qualification kept; or chosen by the units with a reason, for a whole draw or one visit; who can't act, or does not answer until the last day to accept, makes room for the next in line, the latter by itself`,
    code: [
      'functions/match',
      'functions/inspections',
      'shared/domain/draw/matching.ts',
      'shared/domain/draw/balance.ts',
      'shared/domain/draw/staffing.ts',
      'shared/domain/draw/replacement.ts',
      'shared/domain/inspection/choice.ts',
      'shared/domain/inspection/succession.ts',
      'shared/domain/inspection/unresponsive.ts',
      'functions/succession',
    ],
  },
  {
    article: '7(5)',
    says: 'inspection by the units 实施检查',
    built: 'accept, begin, end; each step from its state only, by the team only',
    code: ['functions/inspections', 'shared/domain/inspection'],
  },
  {
    article: '7(6)',
    says: 'who inspects enters and publishes 谁检查、谁录入、谁公示',
    built:
      'only the team records and publishes; result codes of the form; a [file for the national system](national-export.md) 国家企业信用信息公示系统 (XLSX, CSV) of what was published, corrected or withdrawn and has not gone out, each row checked against the columns, confirmed or taken back',
    code: [
      'shared/domain/inspection/inspection.ts',
      'shared/domain/inspection/record.ts',
      'shared/domain/submission',
      'shared/store/sent.ts',
      'shared/store/submissions.ts',
      'functions/submissions',
    ],
    lacks: `the platform's own template was not to be had: compare the columns before the first upload; no upload by itself`,
  },
  {
    article: '8',
    says: 'directed and undirected draws 定向、不定向',
    built:
      'criteria by territory, industry, type, scale, class, tags and licences that are valid on the day; none is undirected; a preview of pool and quota',
    code: [
      'shared/domain/draw/criteria.ts',
      'shared/store/cohort.ts',
      'shared/domain/policy',
      'functions/cases/propose.ts',
    ],
  },
  {
    article: '9',
    says: `methods; experts and others' conclusions 检查方式`,
    built:
      'methods on item, record and finding; experts and agencies on an inspection, shown to staff; conclusions of other departments with document number, day and a copy, which go with their method',
    code: [
      'shared/domain/item',
      'shared/domain/inspection/inspection.ts',
      'shared/domain/inspection/record.ts',
      'shared/domain/inspection/record-rules.ts',
      'functions/inspections/commands.ts',
    ],
  },
  {
    article: '10',
    says: 'two inspectors, certificates, signature or reason 两人、出示证件、签字',
    built: `teams below two are refused on every path, and a seat that nobody is left for keeps the visit from beginning; certificate number of each member, on the form and the notice; a record is signed by the legal representative or an authorised person, or has a reason and may have a witness with their organisation; its day lies between assignment and end; entered again it keeps what was said before, and two writers don't overwrite each other ([record](inspections.md#the-record))`,
    code: [
      'shared/domain/inspection',
      'shared/domain/difference',
      'functions/inspections/records.ts',
      'functions/inspections/versions.ts',
      'functions/match/staffing.ts',
    ],
    lacks: 'an electronic signature: a signed sheet is kept as evidence',
  },
  {
    article: '11',
    says: 'other clues are handed over 线索移交',
    built:
      'a member of the team hands a clue over from the begin of the visit on, to a unit here or an authority outside, with the law concerned and evidence; sent, received with number and day or returned with the reason, closed; a deadline for the receipt, overdue to the lead section; the inspection stays open until it is done ([archive.md](archive.md))',
    code: [
      'shared/domain/handover',
      'functions/follow-ups',
      'functions/closing',
      'functions/notify',
      'shared/store/follow-ups.ts',
    ],
    lacks: 'an authority outside has no account: its receipt is entered by whoever handed over',
  },
  {
    article: '12',
    says: 'serious non-cooperation 不配合情节严重',
    built: `result 8 needs one or more of the four kinds and evidence that is stored; files are announced, put by a link that holds them to size, type and SHA-256, kept for good, and their hash is in the ledger's event ([decision 0024](decisions/0024-evidence.md))`,
    code: [
      'shared/domain/evidence',
      'shared/domain/inspection/record-rules.ts',
      'shared/store/evidence.ts',
      'shared/store/evidence-files.ts',
      'functions/evidence',
      'infra/constructs/evidence-bucket.ts',
    ],
  },
  {
    article: '13',
    says: 'archive 归档',
    built: `a completeness check that says everything that is missing at once; an archive number 档号 without gaps by unit and year; a deadline of 30 working days from the publication; one package with forms, versions, evidence, follow-ups, handovers, the draw's line and the audit trail, listed with hashes, that opens without this software and whose hash is in the ledger ([archive.md](archive.md), [decision 0026](decisions/0026-archive.md))`,
    code: [
      'shared/domain/archive',
      'functions/archive',
      'functions/packaging',
      'shared/store/archives.ts',
      'shared/store/archive-files.ts',
      'shared/store/case-files.ts',
      'shared/files/package.ts',
    ],
    lacks:
      'evidence of more than 3 GiB is kept beside the package; a correction after the archiving is in no package',
  },
  {
    article: '14',
    says: 'published within 20 working days 二十个工作日公示',
    built:
      'statutory deadline, reminders at 10, 5, 3, 1, 0 and every working day after, escalation to unit and supervisor; working days by arrangements that are imported, and open deadlines counted anew when one is ([decision 0020](decisions/0020-calendar-as-data.md)); the table of deadlines is versioned data that may make the statutory one stricter and never weaker, longer days and pauses of the others take a reason and a second person, the statutory one takes none; a calendar for each person, and figures on time and late by unit, kind and month ([decision 0025](decisions/0025-deadlines-as-data.md)); public page says on time or late; anyone [searches, subscribes and downloads](publication.md) what was published ([decision 0028](decisions/0028-publication-search.md)); a draw closes with its last publication; a correction changes neither day nor punctuality; people are told in the inbox and by mail, chat robots and webhooks, at once of a statutory deadline that has passed, of everything else once a working morning ([messages](messages.md), [decision 0023](decisions/0023-deliveries.md))',
    code: [
      'shared/domain/deadline',
      'shared/domain/calendar',
      'functions/deadlines',
      'functions/agenda',
      'functions/calendars',
      'functions/recount',
      'functions/notify',
      'functions/portal',
      'functions/draw/close.ts',
      'functions/outgoing',
      'functions/delivery',
      'functions/messaging',
      'shared/domain/delivery',
      'shared/domain/channel',
      'shared/channels',
      'shared/wording',
      'shared/domain/publication',
      'shared/store/finding.ts',
      'shared/store/publishing.ts',
    ],
  },
  {
    article: '15',
    says: 'follow-up 后续监管',
    built:
      'a case of each kind that the record names raises itself with the publication, for the unit that found it; due by default or by a day that is set with a reason; notes, documents by number, evidence, an outcome; another unit takes it over or declines (谁管辖、谁负责); reminders to the unit, overdue to the lead section; the last one closes the inspection ([archive.md](archive.md))',
    code: [
      'shared/domain/follow-up',
      'functions/follow-ups',
      'functions/closing',
      'functions/notify',
      'shared/store/follow-ups.ts',
    ],
    lacks: 'one case of a kind for an inspection, whose units can hand it on',
  },
  {
    article: '16',
    says: 'corrections 更正',
    built: `anyone asks for a correction by a form on the public page (without signing in, without a script) or over HTTP, staff by a route of their own; each request has a receipt number 受理编号 and a deadline of five working days with reminders to the unit, past due to the supervisor; the unit's head or the lead section grants or refuses it with a reason; a granted one makes the next version, the old one stays readable and is marked with the day and the reason; a record that the law forbids to show is withdrawn 依法撤下, and its page says so and shows nothing else; facts by law (who inspected, when it ended, when it was published, in time or late) are not correctable; each version's hash is in the ledger's event ([decision 0022](decisions/0022-corrections-make-versions.md))`,
    code: [
      'shared/domain/correction',
      'shared/domain/inspection/publication.ts',
      'functions/corrections',
      'functions/portal',
      'functions/notify',
      'shared/store/corrections.ts',
      'shared/store/publications.ts',
      'shared/web/correction-form.tsx',
    ],
    lacks: `a correction changes neither the record of the visit nor the risk signals made of it; whoever asked is not written to: the receipt number shows the state; a withdrawal can't be taken back; requests are kept, with the contact, as long as the table`,
  },
  {
    article: '17',
    says: 'in force from its issue 施行',
    built:
      'policies have versions and effective dates, and can be exported and imported whole ([files](policies.md#policies-as-files)); a draw records the version; any policy can be rehearsed before it is in force, and a rule about subjects has to be',
    code: [
      'shared/domain/policy',
      'shared/domain/risk/rehearsal.ts',
      'shared/store/policies.ts',
      'functions/administration',
      'functions/rehearsal',
    ],
  },
];
