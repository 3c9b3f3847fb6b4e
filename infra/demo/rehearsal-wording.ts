import type { MingchouEvent } from '#contracts/events.ts';
import type { Words } from './wording.ts';

/** How a policy is rehearsed before it is adopted (规则试运行, article 17). */
export function rehearsalWords(event: Extract<MingchouEvent, { type: `rehearsal.${string}` }>): Words {
  const { policy } = event.data;
  switch (event.type) {
    case 'rehearsal.started': {
      const { from, through } = event.data;
      return { zh: `${policy}，${from} 至 ${through}`, en: `${policy} from ${from} through ${through}` };
    }
    case 'rehearsal.continued': {
      const { done, total } = event.data;
      return { zh: `${policy}，${done}/${total}`, en: `${policy}, ${done} of ${total} looked at` };
    }
    case 'rehearsal.finished': {
      const { looked, found, failed } = event.data;
      return {
        zh: `${policy}，查看 ${looked}，命中 ${found}，无法计算 ${failed}`,
        en: `${policy}, ${found} found among ${looked}, ${failed} failed`,
      };
    }
  }
}
