import { busFunction } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openState } from '#store/store.ts';
import { closeIfDone, countPublished } from './close.ts';
import { proposeDirectCheck } from './direct-check.ts';
import { freeze, type FreezeEvent } from './freeze.ts';
import { propose } from './propose.ts';
import { reveal } from './reveal.ts';

const environment = once(() => environmentOf('draw'));
const store = once(() => openState(environment().STATE_TABLE));

/** The draw's own steps, each started by the event of the one before: proposed, gathered, frozen and committed, revealed, closed. */
export const handler = busFunction('draw', {
  'trigger.fired': (event) => propose(store(), event, environment().PLAN_NUMBER_TEMPLATE),
  'draw.approved': frozen,
  'draw.freeze-requested': frozen,
  'draw.gathering': frozen,
  'draw.committed': (event) => reveal(store(), event),
  'draw.beacon-arrived': (event) => reveal(store(), event),
  'draw.dispatched': (event) => closeIfDone(store(), event),
  'warning.check-due': (event) => proposeDirectCheck(store(), event, environment().PLAN_NUMBER_TEMPLATE),
  'inspection.published': (event) => countPublished(store(), event),
});

function frozen(event: FreezeEvent) {
  const { DRAND_CHAIN: chain, DRAND_RELAYS: relays, GATHER_LIMIT: limit } = environment();
  return freeze(store(), event, { drand: { chain, relays }, limit });
}
