import { useState } from 'preact/hooks';
import type { Bilingual } from '#domain/draw/beacon.ts';
import type { Found } from './checking.ts';
import { Both } from './report-view.tsx';

interface Asking {
  readonly lookUp: (id: string) => Found | undefined;
  /** Whether the pool was verified: what is found in another one means nothing. */
  readonly verified: boolean;
}

/** Looks an enterprise up in the pool that the reader chose. */
export function CodeForm({ lookUp, verified }: Asking) {
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<Bilingual>();
  return (
    <section>
      <h2>查一家企业</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const id = code.trim().toUpperCase();
          setAnswer(id === '' ? NO_CODE : answerTo(id, lookUp(id), verified));
        }}
      >
        <label for="code">
          统一社会信用代码/注册号{' '}
          <span class="en" lang="en">
            Code of the enterprise
          </span>
        </label>
        <div class="row">
          <input
            id="code"
            type="text"
            value={code}
            maxLength={64}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            onInput={(event) => {
              setCode(event.currentTarget.value);
            }}
          />
          <button type="submit">查询 Look up</button>
        </div>
      </form>
      <div role="status" id="found">
        {answer === undefined ? null : (
          <div class="answer">
            <Both {...answer} />
          </div>
        )}
      </div>
    </section>
  );
}

const NO_CODE: Bilingual = { zh: '请输入代码。', en: 'Type a code.' };

function answerTo(id: string, found: Found | undefined, verified: boolean): Bilingual {
  if (!verified) {
    return {
      zh: '所选文件核验未通过，不能据此回答任何企业是否在名单中。',
      en: 'The chosen files are not verified: they answer nothing about any enterprise.',
    };
  }
  if (found === undefined) {
    return { zh: `${id} 不在名单中。`, en: `${id} is not in the pool.` };
  }
  const { line, standing } = found;
  const { stratum, ticket, quota, last, listed } = standing;
  const limit = last?.ticket ?? '—';
  if (listed) {
    return {
      zh: `${id} 在名单第 ${line} 行（类别 ${stratum}），被选中：签号 ${ticket}，不大于本类别最后一个选中的签号 ${limit}。`,
      en: `${id} is in line ${line} of the pool (class ${stratum}) and was selected: its ticket ${ticket} is not above ${limit}, the last one selected of its class.`,
    };
  }
  return quota === 0
    ? {
        zh: `${id} 在名单第 ${line} 行（类别 ${stratum}），未被选中：本类别的抽取数为零。`,
        en: `${id} is in line ${line} of the pool (class ${stratum}) and was not selected: nothing is drawn from its class.`,
      }
    : {
        zh: `${id} 在名单第 ${line} 行（类别 ${stratum}），未被选中：签号 ${ticket}，大于本类别最后一个选中的签号 ${limit}。`,
        en: `${id} is in line ${line} of the pool (class ${stratum}) and was not selected: its ticket ${ticket} is above ${limit}, the last one selected of its class.`,
      };
}
