/** Lends each of a few things to one borrower at a time, in the order they asked. */
export type Lending<Thing> = {
  lend<Result>(use: (thing: Thing) => Promise<Result>): Promise<Result>;
};

export const createLending = <Thing>(things: readonly Thing[]): Lending<Thing> => {
  const free = [...things];
  const waiting: ((thing: Thing) => void)[] = [];

  const take = (): Promise<Thing> => {
    const thing = free.pop();
    return thing === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(thing);
  };
  const giveBack = (thing: Thing): void => {
    const next = waiting.shift();
    if (next) next(thing);
    else free.push(thing);
  };

  return {
    async lend(use) {
      const thing = await take();
      try {
        return await use(thing);
      } finally {
        giveBack(thing);
      }
    },
  };
};
