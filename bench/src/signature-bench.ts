import { measureRates, type Operation, type Rates } from './rate.ts';

/** Something we do with signatures, beside the bare cryptographic operations it cannot do without. */
export type SignatureContest = {
  name: string;
  /** What `bare` does, in words. */
  bareName: string;
  /** What the product promises: operations per second on one core. */
  aimPerSecond?: number;
  /** What the product promises: share of the bare operation's speed. */
  aimRatio?: number;
  ours: Operation;
  bare: Operation;
};

export type SignatureResult = Rates &
  Pick<SignatureContest, 'name' | 'aimPerSecond' | 'aimRatio'> & { reached: boolean };

const isReached = (
  { aimPerSecond = 0, aimRatio = 0 }: SignatureContest,
  { perSecond, ratio }: Rates,
): boolean => perSecond >= aimPerSecond && ratio >= aimRatio;

const line = (contest: SignatureContest, rates: Rates): string => {
  const aims = [
    ...(contest.aimPerSecond === undefined ? [] : [`aim ${contest.aimPerSecond}/s`]),
    ...(contest.aimRatio === undefined ? [] : [`aim ${contest.aimRatio} of the bare`]),
  ];
  const verdict = isReached(contest, rates) ? 'reached' : 'MISSED';
  return [
    contest.name.padEnd(46),
    `${Math.round(rates.perSecond)}/s`.padStart(10),
    `${rates.ratio.toFixed(2)} of ${Math.round(rates.barePerSecond)}/s bare (${contest.bareName})`,
    aims.length === 0 ? '' : `${aims.join(', ')}: ${verdict}`,
  ].join('  ');
};

/** Runs every contest and reports a line for each as it ends. Rates are per second of processor time: one core. */
export const runSignatureBench = async (options: {
  contests: readonly SignatureContest[];
  /** Seconds by the clock for each side of a contest. */
  seconds: number;
  report: (line: string) => void;
}): Promise<SignatureResult[]> => {
  const results: SignatureResult[] = [];
  for (const contest of options.contests) {
    const rates = await measureRates(contest.ours, contest.bare, { seconds: options.seconds, rounds: 5 });
    options.report(line(contest, rates));
    const { name, aimPerSecond, aimRatio } = contest;
    results.push({
      name,
      ...rates,
      ...(aimPerSecond === undefined ? {} : { aimPerSecond }),
      ...(aimRatio === undefined ? {} : { aimRatio }),
      reached: isReached(contest, rates),
    });
  }
  return results;
};
