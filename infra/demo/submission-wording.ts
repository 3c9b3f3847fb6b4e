import type { MingchouEvent } from '#contracts/events.ts';
import type { Words } from './wording.ts';

/** Events about the files for the national system. */
type SubmissionEvent = Extract<MingchouEvent, { type: `submission.${string}` }>;

/** What happens to the files for the national system (报送文件, article 7(6)). */
export function submissionWords(event: SubmissionEvent): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'submission.made':
      return {
        zh: `${id}，${event.data.rows} 行，${event.data.unfit} 行不符合`,
        en: `file ${id} for the national system: ${event.data.rows} rows, ${event.data.unfit} that do not fit`,
      };
    case 'submission.confirmed':
      return { zh: id, en: `file ${id} was taken by the national system` };
    case 'submission.rejected':
      return { zh: `${id}：${event.data.reason}`, en: `file ${id} was refused by the national system` };
  }
}
