import { busFunction } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openState } from '#store/store.ts';
import { freeze } from './freeze.ts';
import { propose } from './propose.ts';
import { reveal } from './reveal.ts';

const environment = once(() => environmentOf('draw'));
const store = once(() => openState(environment().STATE_TABLE));

/** The draw's own steps, each started by the event of the one before: proposed, frozen and committed, revealed. */
export const handler = busFunction('draw', {
  'trigger.fired': (event) => propose(store(), event, environment().PLAN_NUMBER_TEMPLATE),
  'draw.approved': (event) => freeze(store(), event),
  'draw.committed': (event) => reveal(store(), event),
});
