import { drandRoundOf, drandVerifierFor } from '#beacon/verify-round.ts';
import type { Bilingual } from '#domain/draw/beacon.ts';
import { type DrandChain, DrandChainInfo, PUBLIC_CHAINS } from '#domain/draw/drand-chain.ts';
import { jsonFile } from './files.ts';

/** What checks the drand round of a proof, where there is something to check it with, and what must be said of its chain. */
interface ProofChain {
  /** As a verifier takes it: empty when the round can't be checked. */
  readonly with: { readonly drand?: NonNullable<Awaited<ReturnType<typeof drandVerifierFor>>> };
  readonly warning: Bilingual | undefined;
}

/**
 * The chain of a proof: a known public one, or the one whose /info `--chain` names.
 * @throws UsageError when that file can't be read or is no /info
 */
export async function chainOf(proof: Uint8Array, chainFile: string | undefined): Promise<ProofChain> {
  const named = chainFile === undefined ? undefined : await jsonFile('--chain', chainFile, DrandChainInfo);
  const drand = await drandVerifierFor(
    proof,
    named === undefined ? PUBLIC_CHAINS : [...PUBLIC_CHAINS, named],
  );
  return {
    with: drand === undefined ? {} : { drand },
    warning: warningAbout(drandRoundOf(proof)?.chain, named),
  };
}

/** What must be said of the chain that a proof names, by its hash, unless it is a known public one. */
function warningAbout(chain: string | undefined, named: DrandChain | undefined): Bilingual | undefined {
  if (chain === undefined || PUBLIC_CHAINS.some(({ hash }) => hash === chain)) {
    return undefined;
  }
  if (named?.hash === chain) {
    return {
      en: `WARNING: the signature was checked with the chain that --chain names (${named.beaconId}), which is not a known public one: whoever holds its key could know its rounds in advance.`,
      zh: `警告：签名系按 --chain 所指的链（${named.beaconId}）核验，该链不是公认的公共链：掌握其密钥的人可以事先得知随机数。`,
    };
  }
  const other = named === undefined ? '' : `, and --chain names the chain ${named.hash}`;
  return {
    en: `WARNING: the drand chain ${chain} is not a known public one${other}; its signature was not checked. --chain FILE names the chain's own /info.`,
    zh: `警告：drand 链 ${chain} 不是公认的公共链，其签名未核验；可用 --chain FILE 指明该链 /info 的内容。`,
  };
}
