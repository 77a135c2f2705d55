import { expect, it } from 'vitest';
import { classifyFault, normaliseFault, readFault } from './x-road-fault.ts';

it.each([
  ['Server.ServerProxy.NetworkError', 'server.serverproxy.network_error'],
  ['server.serverproxy.network_error', 'server.serverproxy.network_error'],
  ['Server.ServerProxy.IOError', 'server.serverproxy.io_error'],
  ['Server.ServerProxy.MissingREST', 'server.serverproxy.missing_rest'],
  ['Client.BadRequest', 'client.bad_request'],
])('spells %s as %s', (given, expected) => {
  expect(normaliseFault(given)).toBe(expected);
});

it.each([
  ['Server.ServerProxy.NetworkError', 'retry'],
  ['server.clientproxy.logging_failed', 'retry'],
  ['Server.ServerProxy.AccessDenied', 'configuration'],
  ['client.bad_request', 'configuration'],
  ['server.clientproxy.inconsistent_response', 'integrity'],
  ['server.never.heard_of', 'retry'],
])('classes %s as %s', (type, expected) => {
  expect(classifyFault(type)).toBe(expected);
});

it('reads faults in JSON, in XML and in neither', () => {
  expect(readFault('h', '{"type":"Server.X","message":"m","detail":"d"}')).toEqual({
    type: 'Server.X',
    message: 'm',
  });
  expect(readFault('h', '<error><type>Server.Y</type><message>n</message><detail/></error>')).toEqual({
    type: 'Server.Y',
    message: 'n',
  });
  expect(readFault('Server.Z', 'garbage')).toEqual({ type: 'Server.Z', message: '' });
});
