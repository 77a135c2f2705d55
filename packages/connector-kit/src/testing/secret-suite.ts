import { expect, it } from 'vitest';
import { aDelivery, REPORT, SIGNATURE } from './a-delivery.ts';
import { answer } from './plays.ts';
import type { SuiteContext } from './suite-context.ts';

/** What a connector says goes to logs and screens: nothing of a report may be in it. */
export const itKeepsSecrets = ({ open, agency }: SuiteContext): void => {
  const report = Buffer.from(REPORT).toString('base64');
  const signature = Buffer.from(SIGNATURE).toString('base64');
  const leaks = (said: string): string[] =>
    [report.slice(0, 60), signature.slice(0, 60), 'Зарплата'].filter((secret) => said.includes(secret));

  it.each([200, 400, 409, 418, 500])(
    'repeats nothing of a report that the agency echoes (%i)',
    async (status) => {
      agency().play((response, { body }) =>
        answer(
          status,
          `${body.slice(body.indexOf('"report"'))} Зарплата ${new TextDecoder().decode(REPORT)}`,
        )(response, { method: '', url: '', headers: {}, body }),
      );
      const outcome = await open().submit(aDelivery());
      expect(outcome.outcome).not.toBe('accepted');
      expect(leaks(JSON.stringify(outcome))).toEqual([]);
    },
  );

  it('says nothing of its address when it cannot read decisions', async () => {
    await agency().stop();
    const error: unknown = await open()
      .decisions({ after: '', waitMs: 0, signal: new AbortController().signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toContain(report.slice(0, 60));
  });
};
