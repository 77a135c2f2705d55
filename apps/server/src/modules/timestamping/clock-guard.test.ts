import { describe, expect, it } from 'vitest';
import { ClockError, createClockGuard } from './clock-guard.ts';

const at = (text: string) => Temporal.Instant.from(`2026-11-25T${text}Z`);

describe('the guard of the clock', () => {
  it('lets time pass, and stands small corrections back', () => {
    const times = ['10:00:00', '10:00:05', '10:00:04.200', '10:00:06'].map(at);
    const guard = createClockGuard({ now: () => times.shift() ?? at('11:00:00') }, null);
    expect([guard.now(), guard.now(), guard.now(), guard.now()].map(String)).toEqual([
      '2026-11-25T10:00:00Z',
      '2026-11-25T10:00:05Z',
      '2026-11-25T10:00:04.2Z',
      '2026-11-25T10:00:06Z',
    ]);
  });

  it('refuses a clock that was moved back, until time has caught up', () => {
    let now = at('10:00:00');
    const guard = createClockGuard({ now: () => now }, null);
    guard.now();
    now = at('09:59:58');
    expect(() => guard.now()).toThrow(ClockError);
    now = at('09:59:59.500');
    expect(guard.now()).toEqual(now);
  });

  it('remembers what was vouched for before the process began', () => {
    const guard = createClockGuard({ now: () => at('10:00:00') }, at('12:00:00'));
    expect(() => guard.now()).toThrow(/before the last moment vouched for/);
  });
});
