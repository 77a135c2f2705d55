import {
  ALWAYS_THERE,
  isOptionalPath,
  MANIFEST,
  MANIFEST_SEAL,
  MANIFEST_SIGNATURE,
} from './bundle-layout.ts';
import type { BundleFiles, BundleInspection } from './bundle-inspection.ts';
import { bundleCheck, type BundleCheck } from './bundle-report.ts';

/** The manifest cannot name itself, nor what is made of it. */
const UNLISTED: readonly string[] = [MANIFEST, MANIFEST_SIGNATURE, MANIFEST_SEAL];

const LINE = /^([0-9a-f]{64}) {2}(\S+)$/;

const readManifest = (bytes: Uint8Array): ReadonlyMap<string, string> | undefined => {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.endsWith('\n')) return undefined;
  const lines = text
    .slice(0, -1)
    .split('\n')
    .map((line) => LINE.exec(line));
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, sum, path] = line ?? [];
    if (sum === undefined || path === undefined || sums.has(path)) return undefined;
    sums.set(path, sum);
  }
  return sums;
};

/** Says whether the bundle has every file it must have and none that it must not. */
export const checkFileNames = (files: BundleFiles): BundleCheck => {
  const required = [...ALWAYS_THERE, ...UNLISTED];
  const missing = required.find((path) => !files.has(path));
  if (missing !== undefined) return bundleCheck('files', 'file_missing', missing);
  const known = new Set<string>(required);
  const unknown = [...files.keys()].find((path) => !known.has(path) && !isOptionalPath(path));
  return unknown === undefined ? bundleCheck('files', null) : bundleCheck('files', 'file_unknown', unknown);
};

/** Compares every file with its line in MANIFEST; the first difference is named. */
export const checkManifest = (bundle: BundleInspection): BundleCheck => {
  const { files } = bundle;
  const sums = readManifest(files.get(MANIFEST) ?? new Uint8Array());
  if (sums === undefined) return bundleCheck('manifest', 'manifest_malformed');
  for (const [path, sum] of sums) {
    if (!files.has(path)) return bundleCheck('manifest', 'file_missing', path);
    if (bundle.sha256Hex(path) !== sum) return bundleCheck('manifest', 'file_altered', path);
  }
  const unlisted = [...files.keys()].find((path) => !sums.has(path) && !UNLISTED.includes(path));
  return unlisted === undefined
    ? bundleCheck('manifest', null)
    : bundleCheck('manifest', 'file_unknown', unlisted);
};
