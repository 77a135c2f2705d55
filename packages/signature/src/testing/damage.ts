/** Blind damage to bytes of any kind: what a bad line, a bad disk or an attacker who tries his luck would do. */
import type { Random } from './random.ts';

const flipped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 + random.below(255));
  return copy;
};

const truncated = (bytes: Uint8Array, random: Random): Uint8Array =>
  bytes.subarray(0, random.below(bytes.length));

/** Two pieces of one length exchange places. */
const swapped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const length = 1 + random.below(Math.min(64, Math.max(1, bytes.length >> 2)));
  const first = random.below(Math.max(1, (bytes.length >> 1) - length));
  const second = first + length + random.below(Math.max(1, bytes.length - first - 2 * length));
  const copy = Buffer.from(bytes);
  const held = Buffer.from(copy.subarray(first, first + length));
  copy.set(copy.subarray(second, second + length), first);
  copy.set(held.subarray(0, Math.max(0, copy.length - second)), second);
  return copy;
};

const spliced = (bytes: Uint8Array, random: Random): Uint8Array => {
  const from = random.below(bytes.length);
  const to = Math.min(bytes.length, from + random.below(64));
  return Buffer.concat([bytes.subarray(0, from), random.bytes(random.below(64)), bytes.subarray(to)]);
};

export const DAMAGES = { flipped, truncated, swapped, spliced } as const;
export type Damage = keyof typeof DAMAGES;
