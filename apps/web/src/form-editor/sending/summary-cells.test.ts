import { loadForm } from '@sochi/forms';
import { expect, it } from 'vitest';
import { forgetSendingKey, sendingKey } from './sending-key.ts';
import { summaryCells } from './summary-cells.ts';

it('finds the results of the unified tax report', async () => {
  const { definition } = await loadForm('gns/sti-091/9');
  expect(summaryCells(definition).map(({ code }) => code)).toEqual(['186', '187']);
});

const aStorage = (): Storage => {
  const kept = new Map<string, string>();
  return {
    length: 0,
    key: () => null,
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

it('keeps one key per version until the outcome is known', () => {
  const storage = aStorage();
  const key = sendingKey(storage, 'a', 3);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(sendingKey(storage, 'a', 3)).toBe(key);
  expect(sendingKey(storage, 'b', 3)).not.toBe(key);
  expect(sendingKey(storage, 'a', 4)).not.toBe(key);
  const fourth = sendingKey(storage, 'a', 4);
  forgetSendingKey(storage, 'a');
  expect(sendingKey(storage, 'a', 4)).not.toBe(fourth);
});
