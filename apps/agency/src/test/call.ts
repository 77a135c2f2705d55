import { COMPANY_INN, type SubmissionBody } from './a-report.ts';

const SERVICE = '/r1/KG/GOV/70000002/reports/sti';

/** Headers of a caller X-Road has let through. */
export const CALLER = { 'x-road-client': 'KG/COM/60000001/sochi', 'x-road-id': 'b1c8a4f0-test' };

/** An answer as it came. */
export type TestAnswer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

const read = async (response: Response): Promise<TestAnswer> => {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = {};
  }
  // Tests look at fields by name and compare them.
  return { status: response.status, headers: response.headers, text, body: body as Record<string, unknown> };
};

/** Calls of the agency at `port`, as the operator's connector makes them. */
export const agencyAt = (port: number) => {
  const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
  return {
    submit: async (
      body: SubmissionBody | string,
      headers: Record<string, string> = {},
      signal = AbortSignal.timeout(20_000),
    ): Promise<TestAnswer> =>
      read(
        await fetch(url(`${SERVICE}/reports`), {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-road-represented-party': COMPANY_INN,
            ...CALLER,
            ...headers,
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          signal,
        }),
      ),
    status: async (number: string): Promise<TestAnswer> =>
      read(await fetch(url(`${SERVICE}/reports/${number}`), { headers: CALLER })),
    decisions: async (after: string, waitMs = 0): Promise<TestAnswer> =>
      read(await fetch(url(`${SERVICE}/decisions?after=${after}&wait=${waitMs}`), { headers: CALLER })),
    get: async (path: string, headers: Record<string, string> = {}): Promise<TestAnswer> =>
      read(await fetch(url(path), { headers })),
    order: async (kind: string, count = 1): Promise<number> =>
      (
        await fetch(url('/simulator/faults'), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ kind, count }),
        })
      ).status,
  };
};
export type AgencyCaller = ReturnType<typeof agencyAt>;
