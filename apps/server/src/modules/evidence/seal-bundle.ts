import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import { MANIFEST, MANIFEST_SEAL, MANIFEST_SIGNATURE } from './bundle-layout.ts';

/** The operator's key, as far as sealing a bundle needs it. */
export interface BundleSealer {
  /** Signs the manifest with the operator's key: gives a detached CMS, DER. */
  readonly operatorSigner: (manifest: Uint8Array) => Promise<Uint8Array>;
  /** The same key's bare signature (ECDSA with SHA-256, DER) over the manifest's signature. */
  readonly operatorSeal: (manifestSignature: Uint8Array) => Promise<Uint8Array>;
}

const manifestOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const lines = [...files]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`);
  return Buffer.from(lines.join(''));
};

// A constant, made from local parts as fflate reads it by local parts: the same bytes in every zone.
const FIXED_TIME = new Date(2026, 0, 1, 12, 0, 0);
const UNIX = 3;

// Signatures and what is small gain little from packing, and reading many small packed files is slow.
const WORTH_PACKING = 4096;
const isPacked = (path: string, bytes: Uint8Array): boolean =>
  bytes.length >= WORTH_PACKING && !path.endsWith('.p7s');

const zipped = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const entries: Zippable = {};
  for (const [path, bytes] of files) {
    const mode = path === 'verify.sh' ? 0o100755 : 0o100644;
    entries[path] = [
      bytes,
      { os: UNIX, attrs: mode * 65536, mtime: FIXED_TIME, level: isPacked(path, bytes) ? 6 : 0 },
    ];
  }
  return zipSync(entries);
};

/** Names every file in a manifest, has the operator sign it, and packs all of it. */
export const sealBundle = async (
  files: ReadonlyMap<string, Uint8Array>,
  { operatorSigner, operatorSeal }: BundleSealer,
): Promise<Uint8Array> => {
  const manifest = manifestOf(files);
  const signature = await operatorSigner(manifest);
  const seal = await operatorSeal(signature);
  return zipped(
    new Map([...files, [MANIFEST, manifest], [MANIFEST_SIGNATURE, signature], [MANIFEST_SEAL, seal]]),
  );
};
