import { eventHash, NO_HASH } from '../event-hash.ts';
import { explainSuspects, type Run } from './explain-suspects.ts';
import { fitsAt, type StoredEvent } from './find-origins.ts';
import type { Report } from './problem.ts';

/** What a checkpoint says of a chain; only a sound one is believed. */
export type Witness = { seq: number; hash: Uint8Array; checkpoint: number; isSound: boolean };

/** Where the chain's own head says it ends. */
export type StoredHead = { seq: number; hash: Uint8Array; unwitnessed: boolean };

/** So many events whose hash does not fit are compared with each other; memory and time stay bounded. */
const MOST_SUSPECTS = 256;

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * Checks one chain, given its events in order and with each the witnesses of its place. Holds a few hundred events at most, whatever
 * the chain's length. Three things are compared: each event's hash with its contents, its previous hash with the event before, and
 * the hashes with what checkpoints and the head say. Contents that do not fit are suspects, explained together at the end.
 */
export class ChainChecker {
  readonly #chain: string;
  readonly #report: Report;
  /** Hashes in good order at the last place; several only where a place is taken twice. */
  #last: { seq: number; hashes: readonly Uint8Array[] } = { seq: 0, hashes: [NO_HASH] };
  #suspects: StoredEvent[] = [];
  #run: Run | undefined;
  #lastWitnessed = 0;
  #lastNamed = 0;
  /** A witness that says otherwise, until it is known whether the link behind shows the very event. */
  #contradiction: Witness | undefined;
  #isRewritten = false;

  constructor(chain: string, report: Report) {
    this.#chain = chain;
    this.#report = report;
  }

  /** Takes the next event; `witnesses` are those of its place. */
  add(event: StoredEvent, witnesses: readonly Witness[]): void {
    const { seq } = event;
    const chain = this.#chain;
    const isTwice = seq === this.#last.seq;
    if (isTwice || seq < 1) this.#report({ kind: 'inserted', chain, from: seq, to: seq });
    if (seq < 1) return;
    if (seq > this.#last.seq + 1)
      this.#report({ kind: 'missing', chain, from: this.#last.seq + 1, to: seq - 1 });
    const fits = eventHash(event).equals(event.hash);
    if (fits) this.#addFitting(event, witnesses, isTwice);
    else if (!isTwice) this.#addSuspect(event);
  }

  #addFitting(event: StoredEvent, witnesses: readonly Witness[], isTwice: boolean): void {
    const { seq, hash } = event;
    const { seq: before, hashes } = this.#last;
    if (!isTwice && before === seq - 1 && hashes.length > 0) {
      const isLinked = hashes.some((one) => isSame(one, event.previousHash));
      if (!isLinked) this.#blame(before);
    }
    if (!isTwice) this.#endContradiction();
    this.#last = { seq, hashes: isTwice ? [...hashes, hash] : [hash] };
    for (const witness of witnesses) {
      this.#lastNamed = seq;
      if (!witness.isSound) continue;
      if (isSame(witness.hash, hash)) this.#lastWitnessed = seq;
      else this.#contradiction ??= witness;
    }
  }

  /** The event behind this one was recorded after another one than this: this one was replaced, hash and all. */
  #blame(seq: number): void {
    this.#contradiction = undefined;
    // The first event has none before it to blame.
    this.#report({ kind: 'altered', chain: this.#chain, seq: Math.max(seq, 1) });
  }

  #endContradiction(): void {
    const witness = this.#contradiction;
    this.#contradiction = undefined;
    if (!witness || this.#isRewritten) return;
    // Everything behind is chained to what was recorded anew: one telling is enough.
    this.#isRewritten = true;
    const { seq: to, checkpoint } = witness;
    this.#report({ kind: 'rewritten', chain: this.#chain, from: this.#lastWitnessed + 1, to, checkpoint });
  }

  #addSuspect(event: StoredEvent): void {
    this.#endContradiction();
    this.#last = { seq: event.seq, hashes: [] };
    if (this.#run?.to === event.seq - 1 && fitsAt(event, event.seq - this.#run.by)) {
      this.#run.to = event.seq;
      return;
    }
    this.#suspects.push(event);
    if (this.#suspects.length === MOST_SUSPECTS) this.#explain(Infinity);
  }

  #explain(end: number): void {
    if (this.#suspects.length === 0) return;
    const before = this.#run;
    this.#run = explainSuspects({ chain: this.#chain, suspects: this.#suspects, end }, this.#report);
    if (before) this.#report({ kind: 'renumbered', chain: this.#chain, ...before });
    this.#suspects = [];
  }

  /** Ends the chain: compares its end with its head, and with the last checkpoint that names more than there is. */
  end(head: StoredHead | undefined, beyond: Witness | undefined): void {
    const chain = this.#chain;
    // What is behind the head is told as inserted, whatever its contents.
    this.#explain(head?.seq ?? Infinity);
    const by = this.#run?.by ?? 0;
    if (this.#run) this.#report({ kind: 'renumbered', chain, ...this.#run });
    this.#compareHead(head, by);
    this.#endContradiction();
    const last = this.#last.seq - by;
    const longest = Math.max(head?.seq ?? 0, beyond?.seq ?? 0);
    if (longest > last) {
      const checkpoint = beyond?.seq === longest ? beyond.checkpoint : null;
      this.#report({ kind: 'tail_missing', chain, from: last + 1, to: longest, checkpoint });
    } else if (head && !head.unwitnessed && this.#last.hashes.length > 0 && this.#lastNamed < head.seq) {
      this.#report({ kind: 'witness_missing', chain, seq: head.seq });
    }
  }

  #compareHead(head: StoredHead | undefined, by: number): void {
    const chain = this.#chain;
    const { seq, hashes } = this.#last;
    const last = seq - by;
    if (!head) {
      if (seq > 0) this.#report({ kind: 'head_missing', chain });
    } else if (head.seq < last) {
      this.#report({ kind: 'inserted', chain, from: head.seq + 1, to: last });
    } else if (head.seq === last && hashes.length > 0 && !hashes.some((hash) => isSame(hash, head.hash))) {
      this.#contradiction = undefined;
      this.#report({ kind: 'head_differs', chain, seq });
    }
  }
}
