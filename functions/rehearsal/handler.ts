import { busFunction } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openState } from '#store/store.ts';
import { begin, goOn } from './go-on.ts';

const environment = once(() => environmentOf('rehearsal'));
const store = once(() => openState(environment().STATE_TABLE));
const around = () => ({ store: store(), limit: environment().REHEARSAL_STEP });

/** The rehearsal of a policy (规则试运行), step by step: what there is to look at is counted, then looked at. */
export const handler = busFunction('rehearsal', {
  'rehearsal.started': (event) => begin(around(), event),
  'rehearsal.continued': (event) => goOn(around(), event),
});
