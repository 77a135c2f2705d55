import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  bodyDigest,
  isClientId,
  lastHeader,
  representedCode,
  requestHash,
  serviceOf,
} from './x-road-message.ts';

const sha512 = (bytes: Uint8Array | string): Buffer => createHash('sha512').update(bytes).digest();

const HEADERS = [
  'Host',
  'ss',
  'X-Road-Client',
  'KG/COM/1/a',
  'content-length',
  '2',
  'x-road-request-id',
  'forged',
];
const HEAD = 'POST\r\n/r1/a/b/c/d/e/reports?x=%20\r\nX-Road-Client:KG/COM/1/a\r\nx-road-request-id:id-1\r\n';
const request = { method: 'POST', url: '/r1/a/b/c/d/e/reports?x=%20', headers: HEADERS };

it('hashes the digests of head and body, in the spelling that came', () => {
  const expected = sha512(Buffer.concat([sha512(HEAD), sha512('{}')])).toString('base64');
  expect(requestHash({ ...request, bodyDigest: bodyDigest(Buffer.from('{}')) }, 'id-1')).toBe(expected);
});

it('hashes the head alone, once, when there is no body', () => {
  expect(requestHash({ ...request, bodyDigest: null }, 'id-1')).toBe(sha512(HEAD).toString('base64'));
});

it('takes the last of a repeated header', () => {
  expect(lastHeader(['X-Road-Client', 'one', 'x-road-client', 'two'], 'x-road-client')).toBe('two');
  expect(lastHeader([], 'x-road-client')).toBeUndefined();
});

it.each([
  ['KG/COM/60000001', true],
  ['KG/COM/60000001/sochi', true],
  ['KG/COM/6%2F0/%D0%A1', true],
  ['KG/COM', false],
  ['KG/COM/1/a/b', false],
  ['KG//1/a', false],
  ['KG/COM/%ZZ/a', false],
])('reads %s as a client: %s', (value, expected) => {
  expect(isClientId(value)).toBe(expected);
});

it.each([
  ['01201201210012', '01201201210012'],
  ['COM/01201201210012', '01201201210012'],
  ['a/b/c', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the represented party of %s', (value, expected) => {
  expect(representedCode(value)).toBe(expected);
});

it.each([
  ['/r1/KG/GOV/1/reports/sti/reports?x=1', 'KG/GOV/1/reports/sti'],
  ['/r1/KG/GOV/1/reports/sti', 'KG/GOV/1/reports/sti'],
  ['/r1/KG/GOV/1/%D1%84/sti/x', 'KG/GOV/1/ф/sti'],
  ['/r1/KG/GOV/1/reports', undefined],
  ['/r2/KG/GOV/1/reports/sti', undefined],
  ['/r1/KG/GOV/%ZZ/reports/sti', undefined],
])('finds the service in %s', (url, expected) => {
  expect(serviceOf(url)).toBe(expected);
});
