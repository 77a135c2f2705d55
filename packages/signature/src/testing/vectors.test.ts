import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCertificate } from '../certificate/certificate.ts';
import { certificatesFromPem } from '../certificate/pem.ts';
import { normaliseCms } from '../cms/normalise-cms.ts';
import { readCrl } from '../revocation/read-crl.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { readVectorIndex, VECTORS, type CmsVector } from './vector-index.ts';

const read = (name: string) => readFileSync(new URL(name, VECTORS));
const certificates = (names: readonly string[]) =>
  names.flatMap((name) => certificatesFromPem(read(name).toString('latin1')).map(readCertificate));

const vectors = readVectorIndex();

const policies = ({ timestamps, revocation, intermediates }: CmsVector) => ({
  ...(timestamps && {
    timestamps: {
      trustAnchors: certificates(timestamps.trustAnchors),
      intermediates: certificates(intermediates),
      required: timestamps.isRequired,
    },
  }),
  ...(revocation && {
    revocation: {
      crls: revocation.crls.map((name) => readCrl(read(name))),
      ocspResponses: [],
      required: revocation.isRequired,
    },
  }),
});

it('has valid cases and every way of being invalid', () => {
  expect(vectors.filter(({ check }) => check === null).length).toBeGreaterThanOrEqual(14);
  expect(vectors.filter(({ check }) => check !== null).length).toBeGreaterThanOrEqual(50);
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
});

it.each(vectors)('$name: $about', async (vector) => {
  const cms = read(vector.cms);
  const report = await verifySignedData({
    cms: vector.isNormalisedFirst ? normaliseCms(cms) : cms,
    content: read(vector.content),
    trustAnchors: certificates(vector.trustAnchors),
    intermediates: certificates(vector.intermediates),
    at: Temporal.Instant.from(vector.at),
    required: vector.required,
    ...policies(vector),
  });
  const { indication, subIndication } = report;
  expect({ indication, subIndication }).toEqual({
    indication: vector.indication,
    subIndication: vector.subIndication,
  });
  if (vector.check !== null) {
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: vector.check, reason: vector.reason }),
    );
  }
});
