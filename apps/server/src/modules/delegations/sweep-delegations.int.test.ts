import { endpoints } from '@sochi/contract';
import { expect, it } from 'vitest';
import { compose } from '../../compose.ts';
import { readEnv } from '../../config.ts';
import { EXPIRY_QUEUE } from '../../jobs.ts';
import { createLog } from '../../log.ts';
import { delegate, openTerms } from '../../test/a-delegation.ts';
import { createTestPortal } from '../../test/portal.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { sweepDelegations } from './sweep-delegations.ts';

it('deletes the keys of what has expired, in a worker, and leaves the others', async () => {
  const portal = await createTestPortal();
  const { connectionString, varDir, clock } = portal;
  const parsed = readEnv({ DATABASE_URL: connectionString, VAR_DIR: varDir, DATABASE_POOL: '4' });
  const log = createLog({ service: 'test', level: 'silent' });
  const worker = await compose('worker', parsed, { log, clock });
  const terms = openTerms(clock.now());
  const soon = clock.now().add({ minutes: 1 });
  await delegate(await portal.login('head'), { ...terms, expiresAt: soon.toString() });
  const other = await portal.login('head', 1);
  await delegate(other, terms, { pin: '615038' });
  clock.set(soon);
  await sweepDelegations(worker.ctx, worker.boss);
  await worker.boss.send(EXPIRY_QUEUE);
  const ended = await waitUntil('the end of the expired delegation', async () => {
    const { rows } = await portal.query<{ why: string; keeps: boolean }>(
      'select ended_why as why, sealed_key is not null as keeps from delegation where ended_at is not null',
      [],
    );
    return rows.length > 0 && rows;
  });
  expect(ended).toEqual([{ why: 'expired', keeps: false }]);
  expect((await other(endpoints.getDelegation, {})).current).not.toBeNull();
  await worker.close();
  await portal.close();
});
