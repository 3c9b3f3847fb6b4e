import { chainHashOf, DrandChain, type DrandRound } from '#domain/draw/drand-chain.ts';
import { EpochSeconds } from '#domain/time/time.ts';
import { signerOf } from '#infra/local/beacon/signer.ts';

/** A chain with a key of its own, and its rounds. Two texts make two chains. */
export function ownChain(text: string): {
  readonly chain: DrandChain;
  readonly sign: (round: number) => DrandRound;
} {
  const signer = signerOf(text);
  const hashed = {
    publicKey: signer.publicKey,
    periodSeconds: 30,
    genesis: EpochSeconds.parse(1_700_000_000),
    groupHash: '00'.repeat(32),
    beaconId: 'test',
  };
  return {
    chain: DrandChain.parse({
      ...hashed,
      hash: chainHashOf(hashed),
      scheme: 'bls-unchained-g1-rfc9380',
    }),
    sign: (round) => signer.sign(round),
  };
}

/** A round that quicknet published on 2023-08-23 at 15:59:24Z. */
export const QUICKNET_ROUND: DrandRound = {
  round: 1000,
  randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  signature:
    'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
};
