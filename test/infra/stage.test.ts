import { describe, expect, it } from 'vitest';
import { QUICKNET } from '#domain/draw/drand-chain.ts';
import { LOCAL_CHAIN } from '#infra/local/beacon/chain.ts';
import { stageOf } from '#infra/stage.ts';
import { cdkContext, testStage } from '../support/stage.ts';

const { name: _, ...settings } = testStage;

describe('the settings of a stage', () => {
  it('are those of cdk.json, each of which fits', () => {
    expect(stageOf(cdkContext['stages'], 'dev').name).toBe('dev');
    expect(stageOf(cdkContext['stages'], 'prod')).toMatchObject({ region: 'cn-north-1', protectData: true });
  });

  it('of an unknown stage are refused with the stages there are', () => {
    expect(() => stageOf({ dev: settings, prod: settings }, 'test')).toThrow(
      'there is no stage "test" in cdk.json; stages: dev, prod',
    );
    expect(() => stageOf(undefined, 'dev')).toThrow('the stages in cdk.json do not fit');
  });

  it.each([
    ['issuer', 'login.example.org'],
    ['region', 'Beijing'],
    ['account', '1234'],
    ['audience', ''],
    ['protectData', 'yes'],
    ['logRetentionDays', 31],
    ['planNumberTemplate', '明抽{year}'],
    ['administrators', []],
    ['administrators', ['a,b']],
    ['alarmEmail', 'duty'],
    ['drand', { relays: [] }],
    ['drand', { relays: ['http://relay.example.org'] }],
    ['drand', { relays: ['https://relay.example.org,https://other.example.org'] }],
    ['drand', { relays: ['https://relay.example.org'], chain: { ...LOCAL_CHAIN, hash: QUICKNET.hash } }],
    ['drand', { chain: LOCAL_CHAIN }],
    ['colour', 'red'],
  ])('are refused by the name of %s when it is %j', (setting, value) => {
    expect(() => stageOf({ dev: { ...settings, [setting]: value } }, 'dev')).toThrow(setting);
  });

  it('take quicknet from its public relays unless they name others', () => {
    const drand = (given?: unknown) =>
      stageOf({ dev: { ...settings, ...(given === undefined ? {} : { drand: given }) } }, 'dev').drand;
    const { drand: _drand, ...without } = settings;
    expect(stageOf({ dev: without }, 'dev').drand).toEqual({
      relays: [
        'https://api.drand.sh',
        'https://api2.drand.sh',
        'https://api3.drand.sh',
        'https://drand.cloudflare.com',
      ],
      chain: QUICKNET,
    });
    expect(drand({ relays: ['https://drand.example.cn/mirror'] })).toEqual({
      relays: ['https://drand.example.cn/mirror'],
      chain: QUICKNET,
    });
    const own = { relays: ['https://drand.example.cn'], chain: LOCAL_CHAIN };
    expect(drand(own)).toEqual(own);
  });

  it.each(['Prod', 'x'.repeat(17), '1st', 'a b'])('are refused under the name “%s”', (name) => {
    expect(() => stageOf({ [name]: settings }, name)).toThrow('lower-case letters, digits and hyphens');
  });
});
