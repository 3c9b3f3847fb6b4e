import { isDeepStrictEqual } from 'node:util';
import { factsOf } from '#commands/once.ts';
import { newEvent } from '#contracts/events.ts';
import { addresses } from '#domain/channel/channel.ts';
import { DEFAULT_PREFERENCES, PreferencesBody, type Preferences } from '#domain/delivery/preferences.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import { allChannels } from '#store/channels.ts';
import { personByStaffNo } from '#store/people.ts';
import { loadPreferences, savedPreferences } from '#store/preferences.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { person, store } from './asking.ts';
import { carryOut } from './command.ts';

/** How the person who asks is told, and the channels that they can choose from. */
export async function preferences(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await person(request);
  const known = (await loadPreferences(store(), staffNo)) ?? DEFAULT_PREFERENCES;
  return json(200, { ...shown(known), channels: await choices(staffNo) });
}

/** @throws Refusal `body-invalid` naming each channel that does not address the person */
export async function setPreferences(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await person(request);
  const body = jsonBody(request, PreferencesBody);
  return carryOut(request, staffNo, async () => {
    const known = await loadPreferences(store(), staffNo);
    if (known !== undefined && isDeepStrictEqual(shown(known), body)) {
      return { answer: body, writes: [], events: [] };
    }
    const possible = (await choices(staffNo)).map(({ id }) => id);
    const faults = [...strangers('immediate', body, possible), ...strangers('digest', body, possible)];
    if (faults.length > 0) {
      refuse(
        'body-invalid',
        '所选渠道不可用，见 errors A chosen channel can not be had; see errors.',
        faults,
      );
    }
    const next: Preferences = { ...body, id: staffNo, version: (known?.version ?? 0) + 1 };
    return {
      answer: body,
      writes: [savedPreferences(next)],
      events: [
        newEvent('preferences.set', {
          ...factsOf({ request, staffNo }, 'preferences', { ...next, correlation: staffNo }),
          data: { language: next.language },
        }),
      ],
    };
  });
}

function shown(known: PreferencesBody): PreferencesBody {
  return PreferencesBody.strip().parse(known);
}

async function choices(staffNo: string) {
  const recipient = await personByStaffNo(store(), staffNo);
  if (recipient === undefined) return [];
  const channels = (await allChannels(store())).filter((one) => addresses(one, recipient));
  return channels.map(({ id, name, settings }) => ({ id, name, kind: settings.kind }));
}

function strangers(
  urgency: 'immediate' | 'digest',
  body: PreferencesBody,
  possible: readonly string[],
): FieldError[] {
  return (body[urgency] ?? []).flatMap((id, at) =>
    possible.includes(id)
      ? []
      : [
          {
            pointer: `/${urgency}/${at}`,
            detail: `可选 one of: ${possible.length === 0 ? '（无 none）' : possible.join(', ')}`,
          },
        ],
  );
}
