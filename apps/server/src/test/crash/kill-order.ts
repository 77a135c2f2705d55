/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type Blow = { victim: string; afterMs: number };

/** Each victim `times` times in an order and at distances that the seed decides. */
export const killOrder = (
  seed: number,
  victims: readonly string[],
  times: number,
  meanMs: number,
): Blow[] => {
  const random = seeded(seed);
  return Array.from({ length: times }, () => victims)
    .flat()
    .map((victim) => ({ victim, place: random(), afterMs: Math.round(meanMs * (0.5 + random())) }))
    .sort((left, right) => left.place - right.place)
    .map(({ victim, afterMs }) => ({ victim, afterMs }));
};
