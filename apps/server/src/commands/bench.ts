import { filingBench } from './bench/filing-bench.ts';
import { signatureBench } from './bench/signature-bench.ts';
import type { Command } from './command.ts';

const BENCHES = [filingBench, signatureBench];

export const benchCommand: Command = {
  name: 'bench',
  summary: 'Measure what we do beside the bare work it cannot do without',
  help: [
    ...BENCHES.map(({ help }) => help),
    'The last line is JSON; bench/README.md explains its fields.',
  ].join('\n'),
  async run([name, ...args]) {
    const bench = BENCHES.find((one) => one.name === name);
    if (bench) return bench.run(args);
    process.stderr.write(`${this.help}\n`);
    return 2;
  },
};
