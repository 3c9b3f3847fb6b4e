import { DrandChain } from '#domain/draw/drand-chain.ts';

/** The text that the key of the local chain is derived from. It is no secret, so nothing that this chain says is random. */
export const LOCAL_KEY_TEXT = 'mingchou: the local drand chain, not public and not secret';
/** The runner serves the chain there; the path of a relay's URL. */
export const LOCAL_RELAY_PATH = '/_local/drand';

/**
 * The chain of the local runner, for a machine without network and with a clock of its own. Its one key stands in this
 * repository (`LOCAL_KEY_TEXT`): anybody can compute its rounds in advance, and a draw by it proves nothing to anybody.
 */
export const LOCAL_CHAIN: DrandChain = DrandChain.parse({
  hash: '6464e097ee9993d318c19598dbf1e0f90ba129254e649e7366b44d654371f158',
  publicKey:
    'b8fd352449245becc4dbc55b2157359cc725f892de2801dd366dd0eb4b0a1ae399342f81cd14ccb4547c5d59d7c3ab180858c11536cc1c2a87ff6600e50e7f769d76bd03d2295488a44a00fc74346567faa17bd02bc00a19a735d6ba7a493caf',
  periodSeconds: 3,
  /** 2024-01-01T00:00:00Z. */
  genesis: 1_704_067_200,
  /** There is no group: SHA-256 of "mingchou: one key in one hand, no group". */
  groupHash: '6362cc5113cc3b6d43a78976cf2f66352ba76ae87fdb5e7161733b112c891689',
  beaconId: 'mingchou-local-not-public',
  scheme: 'bls-unchained-g1-rfc9380',
});
