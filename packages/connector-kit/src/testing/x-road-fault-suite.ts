import { expect, it } from 'vitest';
import { aDelivery } from './a-delivery.ts';
import { answer, xRoadFault } from './plays.ts';
import type { SuiteContext } from './suite-context.ts';

/** X-Road's errors, in both spellings. Table of the REST protocol: what may pass, and what only a person can mend. */
const FAULTS = [
  ['Server.ServerProxy.NetworkError', 'retry'],
  ['server.serverproxy.network_error', 'retry'],
  ['Server.ServerProxy.IOError', 'retry'],
  ['server.serverproxy.io_error', 'retry'],
  ['Server.ServerProxy.ServiceFailed', 'retry'],
  ['server.clientproxy.unknown_host', 'retry'],
  ['Server.ClientProxy.SslAuthenticationFailed', 'retry'],
  ['server.clientproxy.timestamping_failed', 'retry'],
  ['Server.ClientProxy.LoggingFailed.TimestamperFailed', 'retry'],
  ['server.clientproxy.maintenance_mode', 'retry'],
  ['Server.ClientProxy.OutdatedGlobalConf', 'retry'],
  ['server.clientproxy.internal_error', 'retry'],
  ['Server.ServerProxy.AccessDenied', 'stuck'],
  ['server.serverproxy.access_denied', 'stuck'],
  ['Server.ServerProxy.ServiceDisabled', 'stuck'],
  ['server.serverproxy.unknown_service', 'stuck'],
  ['Server.ClientProxy.UnknownMember', 'stuck'],
  ['server.serverproxy.service_type', 'stuck'],
  ['Client.BadRequest', 'stuck'],
  ['client.bad_request', 'stuck'],
  ['client.invalid_client_identifier', 'stuck'],
  ['Server.ClientProxy.InconsistentResponse', 'stuck'],
  ['server.clientproxy.missing_signature', 'stuck'],
] as const;

/** X-Road's own errors, told by their header. */
export const itUnderstandsFaults = ({ open, agency }: SuiteContext): void => {
  const cases = FAULTS.flatMap(([type, expected]) =>
    (['json', 'xml'] as const).map((form) => [type, form, expected] as const),
  );
  it.each(cases)('X-Road says %s in %s: %s', async (type, form, expected) => {
    agency().play(xRoadFault(type, form));
    const outcome = await open().submit(aDelivery());
    expect(outcome.outcome).toBe(expected);
    expect(outcome).toHaveProperty('reason', expect.stringContaining('what went wrong'));
  });

  it('goes by the header and not by the status', async () => {
    agency().play(answer(200, 'not even JSON', { 'x-road-error': 'Server.ServerProxy.AccessDenied' }));
    expect(await open().submit(aDelivery())).toMatchObject({ outcome: 'stuck' });
  });
};
