/** Does `work` for 0..count-1, `concurrency` at a time; `lane` (0..concurrency-1) says which of them it is. The first failure ends it. */
export const inParallel = async (
  count: number,
  concurrency: number,
  work: (index: number, lane: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const lanes = Array.from({ length: concurrency }, async (_, lane) => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index, lane);
    }
  });
  await Promise.all(lanes);
};
