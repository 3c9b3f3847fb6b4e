import { LOCAL_CHAIN, LOCAL_RELAY_PATH } from './local/beacon/chain.ts';
import { Stage } from './stage.ts';

/** The stage that runs on one machine. Port 0 stands for whatever port the runner listens on, so that one template serves all. */
export function localStage(): Stage {
  return Stage.parse({
    name: 'local',
    issuer: 'http://127.0.0.1:0/oidc',
    audience: 'mingchou',
    protectData: false,
    logRetentionDays: 7,
    planNumberTemplate: '明抽〔{year}〕{serial}号',
    administrators: ['HP9007'],
    drand: { relays: [`http://127.0.0.1:0${LOCAL_RELAY_PATH}`], chain: LOCAL_CHAIN },
  });
}
