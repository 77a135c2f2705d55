import type { AuditEvent } from '../audit-event.ts';
import { eventHash } from '../event-hash.ts';

/** An event as the table has it. */
export type StoredEvent = AuditEvent & { hash: Uint8Array };

const NEAR = [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7, -8, 8] as const;

/** Whether the event's hash is the one it would have at this place. */
export const fitsAt = (event: StoredEvent, seq: number): boolean =>
  seq > 0 && eventHash({ ...event, seq }).equals(event.hash);

/**
 * For events whose hash does not fit their place: the place it does fit, by the place they are at. Looked for at the places of the
 * others and nearby. An event that fits nowhere is not in the answer: its contents were changed.
 */
export const findOrigins = (events: readonly StoredEvent[]): Map<number, number> => {
  const places = events.map(({ seq }) => seq);
  const origins = new Map<number, number>();
  for (const event of events) {
    const candidates = [...NEAR.map((by) => event.seq - by), ...places];
    const origin = candidates.find((seq) => seq !== event.seq && fitsAt(event, seq));
    if (origin !== undefined) origins.set(event.seq, origin);
  }
  return origins;
};

/** Whether the events at these places only took each other's: following origins from here leads back here. */
export const isInCycle = (origins: ReadonlyMap<number, number>, start: number): boolean => {
  let place = origins.get(start);
  for (let steps = origins.size; steps > 0 && place !== undefined && place !== start; steps -= 1)
    place = origins.get(place);
  return place === start;
};
