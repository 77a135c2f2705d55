import { createHash } from 'node:crypto';
import { timeText } from './event-hash.ts';

/** The end of a chain at some moment: the hash stands for all that is before it. */
export type ChainHead = { chain: string; seq: number; hash: Uint8Array };

export type Checkpoint = {
  /** From 1, without gaps. */
  number: number;
  at: Temporal.Instant;
  previousHash: Uint8Array;
  /** In the order of the chains' names. */
  heads: readonly ChainHead[];
};

/** So that one checkpoint stays small whatever happened; what is left over goes into the next one. */
export const MOST_HEADS = 5_000;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * The exact bytes the operator signs, as text that a person can read: UTF-8, a line feed after each line.
 *
 *     sochi-audit-checkpoint 1
 *     number 12
 *     at 2026-11-25T10:00:00.000000Z
 *     previous <SHA-256 of the checkpoint before, 64 hexadecimal digits; zeros for the first one>
 *     heads 2
 *     <hash of the last event, 64 hexadecimal digits> <its number> <name of the chain as a JSON string>
 *     ...
 */
export const checkpointBytes = ({ number, at, previousHash, heads }: Checkpoint): Uint8Array => {
  const lines = [
    'sochi-audit-checkpoint 1',
    `number ${number}`,
    `at ${timeText(at)}`,
    `previous ${hex(previousHash)}`,
    `heads ${heads.length}`,
    ...heads.map(({ chain, seq, hash }) => `${hex(hash)} ${seq} ${JSON.stringify(chain)}`),
  ];
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
};

/** SHA-256 over the checkpoint's bytes: what the next one names, and what one keeps elsewhere to compare. */
export const checkpointHash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
