import { expect, it } from 'vitest';
import { answer, xRoadFault } from './plays.ts';
import type { SuiteContext } from './suite-context.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The feed of decisions: whole pages or none, and an end to waiting. */
export const itReadsDecisions = ({ open, agency, replies }: SuiteContext): void => {
  const read = (after = '', signal = new AbortController().signal) =>
    open().decisions({ after, waitMs: 0, signal });

  it('gives a page byte for byte, and asks from its end', async () => {
    const decisions = [
      { filingNumber: '2026-00000001', json: bytes('{"verdict":"accepted"}\n'), p7s: bytes('one') },
      { filingNumber: '2026-00000002', json: bytes('{"verdict":"rejected"}\n'), p7s: bytes('two') },
    ];
    agency().play(answer(200, replies.decisions({ cursor: '17', decisions })));
    const page = await read();
    expect(page).toEqual({ cursor: '17', decisions });
    await read(page.cursor);
    expect(agency().heard.at(-1)?.url).toContain('17');
  });

  it('reads an empty page', async () => {
    agency().play(answer(200, replies.decisions({ cursor: '17', decisions: [] })));
    expect(await read('17')).toEqual({ cursor: '17', decisions: [] });
  });

  it.each([
    ['an error', answer(500, 'out of order')],
    ['garbage', answer(200, '{"cursor":')],
    ['another shape', answer(200, '{"cursor":17}')],
    ['a fault of X-Road', xRoadFault('Server.ServerProxy.NetworkError', 'json')],
  ])('throws on %s: the place in the feed must not move', async (_, play) => {
    agency().play(play);
    await expect(read()).rejects.toThrow(Error);
  });

  it('stops waiting when told to', async () => {
    const stopping = new AbortController();
    const reading = open().decisions({ after: '', waitMs: 60_000, signal: stopping.signal });
    const began = performance.now();
    setTimeout(() => stopping.abort(), 50);
    await expect(reading).rejects.toThrow(Error);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
};
