import { afterEach, beforeEach, describe } from 'vitest';
import type { ConnectorInstance } from '../connector.ts';
import { itSurvives } from './bad-luck-suite.ts';
import { itReadsDecisions } from './decision-suite.ts';
import { startFakeAgency, type FakeAgency } from './fake-agency.ts';
import { itKeepsSecrets } from './secret-suite.ts';
import { itStopsForAPerson } from './strange-answer-suite.ts';
import { itSubmits } from './submitting-suite.ts';
import { TIMEOUT_MS, type SuiteContext, type WireReplies } from './suite-context.ts';
import { itUnderstandsFaults } from './x-road-fault-suite.ts';

export type ConnectorUnderTest = {
  name: string;
  /** With a timeout of `timeoutMs` for a call. */
  open: (baseUrl: string, timeoutMs: number) => ConnectorInstance;
  replies: WireReplies;
};

const PARTS: Record<string, (context: SuiteContext) => void> = {
  submitting: itSubmits,
  'bad luck': itSurvives,
  'strange answers': itStopsForAPerson,
  'faults of X-Road': itUnderstandsFaults,
  decisions: itReadsDecisions,
  secrets: itKeepsSecrets,
};

/**
 * What every connector must do, played by a fake agency on this machine: nothing an agency or a network does may lose a report,
 * deliver it twice or stop silently. Call it in the connector's own `connector.int.test.ts`.
 */
export const connectorContract = ({ name, open, replies }: ConnectorUnderTest): void => {
  describe(`the connector «${name}» keeps the contract`, () => {
    let fake: FakeAgency;
    beforeEach(async () => {
      fake = await startFakeAgency();
    });
    afterEach(() => fake.stop());
    const context: SuiteContext = { open: () => open(fake.url, TIMEOUT_MS), agency: () => fake, replies };
    for (const [part, tests] of Object.entries(PARTS))
      describe(`${part}`, () => {
        tests(context);
      });
  });
};
