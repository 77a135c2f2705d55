import { expect, it } from 'vitest';
import type { Certificate } from '../certificate/certificate.ts';
import { OID } from '../oids.ts';
import {
  caExtension,
  keyUsageExtension,
  makeOddCertificate,
  type OddExtension,
} from '../testing/odd-certificate.ts';
import { findChain } from './chain.ts';

const SIGN = keyUsageExtension(0x80);
const CERT_SIGN = keyUsageExtension(0x04);

type Issuer = Awaited<ReturnType<typeof makeOddCertificate>>;

const make = (name: string, issuer: Issuer | null, extensions: readonly OddExtension[]) =>
  makeOddCertificate({ subject: [[OID.commonName, name]], issuer, extensions });

const verdict = (signer: Issuer, root: Issuer, between: readonly Issuer[] = []) => {
  const intermediates: Certificate[] = between.map(({ certificate }) => certificate);
  return findChain(signer.certificate, { trustAnchors: [root.certificate], intermediates, cache: undefined });
};

it('climbs through every authority to the anchor', async () => {
  const root = await make('root', null, [caExtension(), CERT_SIGN]);
  const upper = await make('upper', root, [caExtension(1), CERT_SIGN]);
  const lower = await make('lower', upper, [caExtension(0), CERT_SIGN]);
  const leaf = await make('leaf', lower, [SIGN]);
  const found = await verdict(leaf, root, [lower, upper]);
  expect(found.ok && found.chain.map(({ subject }) => subject.commonName)).toEqual([
    'leaf',
    'lower',
    'upper',
    'root',
  ]);
});

it('ends where authorities issue each other in a circle', async () => {
  const root = await make('root', null, [caExtension(), CERT_SIGN]);
  const first = await make('a', await make('b', null, []), [caExtension(), CERT_SIGN]);
  const second = await make('b', first, [caExtension(), CERT_SIGN]);
  const leaf = await make('leaf', first, [SIGN]);
  expect(await verdict(leaf, root, [first, second])).toMatchObject({ ok: false });
});

it('refuses a signer that acts as an authority', async () => {
  const root = await make('root', null, [caExtension(), CERT_SIGN]);
  const signer = await make('head', root, [keyUsageExtension(0x84)]);
  const leaf = await make('leaf', signer, [SIGN]);
  expect(await verdict(leaf, root, [signer])).toMatchObject({ ok: false, reason: 'issuer_not_ca' });
});

it('refuses an authority below one that may issue leaves only', async () => {
  const root = await make('root', null, [caExtension(), CERT_SIGN]);
  const upper = await make('upper', root, [caExtension(0), CERT_SIGN]);
  const lower = await make('lower', upper, [caExtension(0), CERT_SIGN]);
  const leaf = await make('leaf', lower, [SIGN]);
  expect(await verdict(leaf, root, [lower, upper])).toMatchObject({ ok: false, reason: 'path_too_long' });
});

it('refuses an authority whose key may not sign certificates, or that does not say', async () => {
  for (const extensions of [[caExtension(), SIGN], [caExtension()]]) {
    const root = await make('root', null, extensions);
    expect(await verdict(await make('leaf', root, [SIGN]), root)).toMatchObject({
      ok: false,
      reason: 'issuer_key_usage',
    });
  }
});

it('refuses a critical extension it does not understand, and only a critical one', async () => {
  const unknown = (isCritical: boolean) => ({ oid: '1.2.3.4', isCritical, value: Uint8Array.of(5, 0) });
  const reason = 'critical_extension_unknown';
  const root = await make('root', null, [caExtension(), CERT_SIGN]);
  const strict = await make('strict', null, [caExtension(), CERT_SIGN, unknown(true)]);
  expect(await verdict(await make('leaf', root, [SIGN, unknown(true)]), root)).toMatchObject({ reason });
  expect(await verdict(await make('leaf', strict, [SIGN]), strict)).toMatchObject({ reason });
  expect(await verdict(await make('leaf', root, [SIGN, unknown(false)]), root)).toMatchObject({ ok: true });
});
