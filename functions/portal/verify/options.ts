import type { VerifierOptions } from '#domain/draw/verification.ts';

/** What the page can check beside the domain; a verifier of drand signatures goes here. */
export const verifierOptions: VerifierOptions = {};
