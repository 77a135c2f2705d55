import { describe, expect, it } from 'vitest';
import { isAppError } from '../../app-error.ts';
import { createMetrics } from '../../metrics.ts';
import { createTimestampSource } from './timestamp-source.ts';
import { TimestampError, type TimestampAuthority } from './timestamp-authority.ts';

const NOW = Temporal.Instant.from('2026-11-25T17:59:59Z');
const DATA = new Uint8Array([1, 2, 3]);

const authority = (name: string, at: Temporal.Instant): TimestampAuthority => ({
  name,
  timestamp: () => Promise.resolve({ token: Buffer.from(name), at }),
});

const failing = (name: string): TimestampAuthority => ({
  name,
  timestamp: () => Promise.reject(new TimestampError('it answered with status 503')),
});

const sourceOf = (...authorities: TimestampAuthority[]) => {
  const told: string[] = [];
  const source = createTimestampSource({
    authorities,
    maxSkewMs: 2_000,
    clock: { now: () => NOW },
    log: { error: ({ authority: name }: { authority: string }) => void told.push(name) },
    metrics: createMetrics('test'),
  });
  return { told, take: async () => Buffer.from((await source.take(DATA)).token).toString() };
};

describe('the source of timestamps', () => {
  it('asks the first authority, and no other while that one answers', async () => {
    const { take, told } = sourceOf(authority('a', NOW), failing('b'));
    expect(await take()).toBe('a');
    expect(told).toEqual([]);
  });

  it('goes on to the next when one fails, and tells', async () => {
    const { take, told } = sourceOf(failing('a'), authority('b', NOW));
    expect(await take()).toBe('b');
    expect(told).toEqual(['a']);
  });

  it.each([
    ['ahead', NOW.add({ milliseconds: 2_001 })],
    ['behind', NOW.subtract({ milliseconds: 2_001 })],
  ])('passes over an authority whose clock is %s', async (_, at) => {
    const { take, told } = sourceOf(authority('a', at), authority('b', NOW.add({ milliseconds: 1_999 })));
    expect(await take()).toBe('b');
    expect(told).toEqual(['a']);
  });

  it('refuses in words the user understands when nobody vouches for the moment', async () => {
    const { take, told } = sourceOf(failing('a'), authority('b', NOW.add({ seconds: 9 })));
    const error = await take().catch((reason: unknown) => reason);
    expect(isAppError(error) && error.code).toBe('timestamp.unavailable');
    expect(told).toEqual(['a', 'b']);
  });
});
