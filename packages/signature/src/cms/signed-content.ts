import type { ContentDigests, DigestAlgorithm } from '../algorithms/digest-algorithm.ts';

/**
 * The detached content, or only what it hashes to where the bytes are elsewhere. SHA-256 is enough for every key but P-384,
 * which signs with SHA-384.
 */
export type SignedContent =
  | { readonly content: Uint8Array }
  | { readonly contentSha256: Uint8Array }
  | { readonly contentDigests: ContentDigests };

/** The content's digest by each algorithm asked for, worked out once; undefined when it is not known. */
export type DigestLookup = (algorithm: DigestAlgorithm) => Uint8Array | undefined;

/** Looks digests up among those handed in, or works them out from the content. */
export const digestLookup = (signed: SignedContent): DigestLookup => {
  if ('contentSha256' in signed) return ({ name }) => (name === 'sha256' ? signed.contentSha256 : undefined);
  if ('contentDigests' in signed) return ({ name }) => signed.contentDigests[name];
  const known: { -readonly [Name in keyof ContentDigests]: ContentDigests[Name] } = {};
  return (algorithm) => (known[algorithm.name] ??= algorithm.digest(signed.content));
};
