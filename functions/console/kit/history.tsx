import { catalogue } from '#contracts/catalogue.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { Time } from './time.tsx';
import { Two } from './words.tsx';

const actors: Readonly<Record<MingchouEvent['actor']['kind'], string>> = {
  person: '人员',
  source: '来源',
  function: '系统',
  public: '社会公众',
};

/** Everything that happened to one record, oldest first; what each event says is there to be unfolded. */
export function History({ events }: { readonly events: readonly MingchouEvent[] }) {
  return (
    <ol class="life">
      {events.map(({ id, time, type, actor, data }) => {
        const { zh, article } = catalogue[type];
        return (
          <li key={id}>
            <Time at={time} />
            <Two words={[zh, type]} /> {actors[actor.kind]} {actor.id}
            {article === undefined ? '' : `（第 ${article} 条）`}
            {Object.keys(data).length === 0 ? null : (
              <details>
                <summary>
                  <Two words={['内容', 'What it says']} />
                </summary>
                <pre>{JSON.stringify(data, null, 2)}</pre>
              </details>
            )}
          </li>
        );
      })}
    </ol>
  );
}
