import type { RevocationFile } from '#modules/certification/index.ts';

/** The documents that prove a filing, each kept once. */
export type DocumentKind =
  'postmark' | 'hand-over' | 'agency-receipt' | 'decision' | 'delegation' | 'correction';

/** A document with its signature (CAdES-T), and what the certification centre said of the signers' certificates then. */
export type ProvenDocument = {
  json: Uint8Array;
  signature: Uint8Array;
  revocation: readonly RevocationFile[];
};
