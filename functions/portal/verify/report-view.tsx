import type { Bilingual } from '#domain/draw/beacon.ts';
import type { InclusionReport } from '#domain/draw/inclusion.ts';
import { STEP_TITLES, type Step, type StepName, type VerificationReport } from '#domain/draw/report.ts';

const MARKS = {
  ok: ['✓ 成立', 'ok'],
  failed: ['✗ 不成立', 'failed'],
  'not-checked': ['– 未核验', 'not checked'],
} as const;

const BEACON_NAMES = {
  drand: 'drand 公共随机信标',
  announced: '事先公告的公开来源',
  sealed: '封存的秘密',
} as const;

/** A sentence in both languages, Chinese first. */
export function Both({ zh, en }: Bilingual) {
  return (
    <p>
      {zh}
      <br />
      <span class="en" lang="en">
        {en}
      </span>
    </p>
  );
}

/** What the verification of proof and pool came to, in one sentence. */
export function verdictOf({ verified, firstFailure }: VerificationReport): Bilingual {
  return verified
    ? {
        zh: '核验通过：已核验的各步均成立。',
        en: 'Verified: every step that was checked holds.',
      }
    : {
        zh: `核验未通过：“${titleOf(firstFailure).zh}”一步不成立（${firstFailure}）。`,
        en: `Not verified: the step “${titleOf(firstFailure).en}” does not hold (${firstFailure}).`,
      };
}

function titleOf(name: StepName | null): Bilingual {
  return name === null ? { zh: '—', en: '—' } : STEP_TITLES[name];
}

/** The report of proof and pool. */
export function WholeReport({ report }: { readonly report: VerificationReport }) {
  return (
    <Report
      title={{ zh: '证明与名单', en: 'Proof and pool' }}
      report={report}
      conclusion={verdictOf(report)}
    />
  );
}

/** The report of proof and one line. */
export function OwnReport({ report }: { readonly report: InclusionReport }) {
  return (
    <Report
      title={{ zh: '证明与入池证明', en: 'Proof and inclusion' }}
      report={report}
      conclusion={report.verified ? report.conclusion : verdictOf(report)}
    />
  );
}

interface Shown {
  readonly title: Bilingual;
  readonly report: VerificationReport;
  readonly conclusion: Bilingual;
}

function Report({ title, report, conclusion }: Shown) {
  const { verified, firstFailure, notChecked, steps, beacon } = report;
  const failure = steps.find(({ name }) => name === firstFailure);
  return (
    <section>
      <div class={`verdict ${verified ? 'ok' : 'failed'}`}>
        <h2>{`${verified ? '✓ 核验通过' : '✗ 核验未通过'}：${title.zh}`}</h2>
        <Both {...conclusion} />
        {failure === undefined ? null : <Both {...failure.detail} />}
        {notChecked.length === 0 ? null : (
          <Both
            zh={`未核验，不作任何说明：${notChecked.map((name) => STEP_TITLES[name].zh).join('；')}。`}
            en={`Not checked, and nothing is said about it: ${notChecked.map((name) => STEP_TITLES[name].en).join('; ')}.`}
          />
        )}
        {beacon === null ? null : (
          <>
            <p>
              <strong>{`随机数的来源：${BEACON_NAMES[beacon.kind]}（${beacon.kind}）`}</strong>
            </p>
            <Both {...beacon.meaning} />
          </>
        )}
      </div>
      <h3>{`各步结果：${title.zh}`}</h3>
      <ol class="steps">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

function StepLine({ step: { name, status, detail } }: { readonly step: Step }) {
  const [zh, en] = MARKS[status];
  return (
    <li>
      <span class={`mark ${status}`}>
        {zh} <small lang="en">{en}</small>
      </span>
      <div>
        <strong>
          {STEP_TITLES[name].zh} <small>{name}</small>
        </strong>
        <Both {...detail} />
      </div>
    </li>
  );
}

/** The proof in plain words. */
export function Explanation({ paragraphs }: { readonly paragraphs: readonly Bilingual[] }) {
  return (
    <section>
      <h2>用平实的语言说明这次抽取</h2>
      <p class="en" lang="en">
        The draw in plain words, as the proof tells it
      </p>
      {paragraphs.map((paragraph) => (
        <div class="paragraph" key={paragraph.en}>
          <p>{paragraph.zh}</p>
          <p class="en" lang="en">
            {paragraph.en}
          </p>
        </div>
      ))}
    </section>
  );
}
