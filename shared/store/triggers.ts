import type { Trigger } from '#domain/trigger/trigger.ts';
import type { StateWrite } from './commit.ts';
import { lists, type ListKey } from './keys.ts';
import { created, updated } from './records.ts';

function listed(trigger: Trigger): ListKey {
  return { listPk: lists.triggers, listSk: `${trigger.receivedAt}#${trigger.id}` };
}

export function createdTrigger(trigger: Trigger): StateWrite {
  return created('TRIGGER', trigger, listed(trigger));
}

export function updatedTrigger(trigger: Trigger): StateWrite {
  return updated('TRIGGER', trigger, listed(trigger));
}
