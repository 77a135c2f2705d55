import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCertificate } from '../certificate/certificate.ts';
import { certificatesFromPem } from '../certificate/pem.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { readVectorIndex, VECTORS } from './vector-index.ts';

const read = (name: string) => readFileSync(new URL(name, VECTORS));
const certificates = (names: readonly string[]) =>
  names.flatMap((name) => certificatesFromPem(read(name).toString('latin1')).map(readCertificate));

const vectors = readVectorIndex();

it('has valid cases and every way of being invalid', () => {
  expect(vectors.filter(({ check }) => check === null).length).toBeGreaterThanOrEqual(4);
  expect(vectors.filter(({ check }) => check !== null).length).toBeGreaterThanOrEqual(20);
});

it.each(vectors)('$name: $about', async (vector) => {
  const report = await verifySignedData({
    cms: read(vector.cms),
    content: read(vector.content),
    trustAnchors: certificates(vector.trustAnchors),
    intermediates: certificates(vector.intermediates),
    at: Temporal.Instant.from(vector.at),
    required: vector.required,
  });
  expect(report.indication).toBe(vector.indication);
  if (vector.check !== null) {
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: vector.check, reason: vector.reason }),
    );
  }
});
