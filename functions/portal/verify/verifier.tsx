import type { TargetedEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Bilingual } from '#domain/draw/beacon.ts';
import { check, type Outcome } from './checking.ts';
import { CodeForm } from './code-form.tsx';
import { FileFault, inOrder } from './files.ts';
import { Both, Explanation, OwnReport, verdictOf, WholeReport } from './report-view.tsx';

/** What the page is doing. */
type Phase =
  | { readonly kind: 'choosing'; readonly notice?: Bilingual }
  | { readonly kind: 'checking'; readonly read: number; readonly size: number }
  | { readonly kind: 'unreadable'; readonly file: string; readonly detail: Bilingual }
  | { readonly kind: 'done'; readonly outcome: Outcome };

/** The verification page: files in, every step out, and nothing sent to anybody. */
export function Verifier() {
  const [proof, setProof] = useState<File>();
  const [pool, setPool] = useState<readonly File[]>([]);
  const [inclusion, setInclusion] = useState<File>();
  const [phase, setPhase] = useState<Phase>({ kind: 'choosing' });
  const result = useRef<HTMLDivElement>(null);
  const chosen = (take: (files: readonly File[]) => void) => (event: TargetedEvent<HTMLInputElement>) => {
    take(inOrder(event.currentTarget.files ?? []));
    setPhase({ kind: 'choosing' });
  };

  async function verify(): Promise<void> {
    if (proof === undefined || (pool.length === 0 && inclusion === undefined)) {
      setPhase({ kind: 'choosing', notice: MISSING });
      return;
    }
    const size = pool.reduce((sum, file) => sum + file.size, 0);
    let read = 0;
    setPhase({ kind: 'checking', read, size });
    const files = { proof, pool, ...(inclusion === undefined ? {} : { inclusion }) };
    try {
      const outcome = await check(files, (bytes) => {
        read += bytes;
        setPhase({ kind: 'checking', read, size });
      });
      setPhase({ kind: 'done', outcome });
    } catch (error) {
      if (!(error instanceof FileFault)) {
        setPhase({ kind: 'unreadable', file: proof.name, detail: BROKEN });
        throw error;
      }
      setPhase({ kind: 'unreadable', file: error.file, detail: error.detail });
    }
    result.current?.scrollIntoView();
  }

  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void verify();
        }}
      >
        <fieldset disabled={phase.kind === 'checking'}>
          <legend>
            1. 证明文件{' '}
            <span class="en" lang="en">
              Proof
            </span>
          </legend>
          <input
            type="file"
            id="proof"
            aria-label="证明文件 Proof"
            onChange={chosen(([file]) => {
              setProof(file);
            })}
          />
        </fieldset>
        <fieldset disabled={phase.kind === 'checking'}>
          <legend>
            2. 名单或入池证明{' '}
            <span class="en" lang="en">
              Pool or inclusion
            </span>
          </legend>
          <label for="pool">
            名单文件（分几部分的可一起选择）{' '}
            <span class="en" lang="en">
              Pool, all of its parts
            </span>
          </label>
          <input
            type="file"
            id="pool"
            multiple
            onChange={chosen((files) => {
              setPool(files);
            })}
          />
          {pool.length < 2 ? null : (
            <p>
              <small>按此顺序 In this order: {pool.map(({ name }) => name).join(' → ')}</small>
            </p>
          )}
          <p />
          <label for="inclusion">
            或某一企业的入池证明{' '}
            <span class="en" lang="en">
              Or the inclusion file of one enterprise
            </span>
          </label>
          <input
            type="file"
            id="inclusion"
            onChange={chosen(([file]) => {
              setInclusion(file);
            })}
          />
        </fieldset>
        <button type="submit" disabled={phase.kind === 'checking'}>
          开始核验 Verify
        </button>
      </form>
      <div ref={result}>
        {/* Once there is a verdict to be seen, this says it only to those who don't see. */}
        <p role="status" id="status" class={isOver(phase) ? 'unseen' : ''}>
          {announcement(phase)}
        </p>
        {phase.kind === 'checking' ? (
          <progress max={phase.size} value={phase.read} aria-label="读取名单的进度 Reading the pool">
            {percent(phase)}
          </progress>
        ) : null}
        {phase.kind === 'unreadable' ? (
          <div class="verdict failed">
            <h2>{`✗ 核验未通过：${phase.file}`}</h2>
            <Both {...phase.detail} />
          </div>
        ) : null}
        {phase.kind === 'done' ? <Results outcome={phase.outcome} /> : null}
      </div>
    </>
  );
}

function Results({ outcome: { whole, own, explanation, lookUp } }: { readonly outcome: Outcome }) {
  return (
    <>
      {whole === undefined ? null : <WholeReport report={whole} />}
      {own === undefined ? null : <OwnReport report={own} />}
      {whole === undefined || lookUp === undefined ? null : (
        <CodeForm lookUp={lookUp} verified={whole.verified} />
      )}
      {explanation === undefined ? null : <Explanation paragraphs={explanation} />}
    </>
  );
}

const MISSING: Bilingual = {
  zh: '请选择证明文件，以及名单文件或入池证明。',
  en: 'Choose the proof, and the pool or an inclusion file.',
};

const BROKEN: Bilingual = {
  zh: '本页程序出错，没有得出结果；请改用命令行核验。',
  en: 'This page’s program failed and found nothing out; verify in a terminal instead.',
};

/** What a reader who doesn't see the page is told: what begins, and what came out, not every step of progress. */
function announcement(phase: Phase): string {
  switch (phase.kind) {
    case 'choosing':
      return phase.notice === undefined ? '' : inBoth(phase.notice);
    case 'checking':
      return '正在核验… Verifying…';
    case 'unreadable':
      return `核验未通过 Not verified: ${phase.file}`;
    case 'done': {
      const { whole, own } = phase.outcome;
      return [whole, own]
        .flatMap((report) => (report === undefined ? [] : [inBoth(verdictOf(report))]))
        .join(' ');
    }
  }
}

function isOver({ kind }: Phase): boolean {
  return kind === 'done' || kind === 'unreadable';
}

function inBoth({ zh, en }: Bilingual): string {
  return `${zh} ${en}`;
}

function percent({ read, size }: { readonly read: number; readonly size: number }): string {
  return `${size === 0 ? 100 : Math.floor((read / size) * 100)}%`;
}
