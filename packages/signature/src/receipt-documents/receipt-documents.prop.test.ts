import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAgencyReceipt, serialiseAgencyReceipt, type AgencyReceipt } from './agency-receipt.ts';
import { parseCorrection, serialiseCorrection, type Correction } from './correction.ts';
import { parseDecision, serialiseDecision, type Decision } from './decision.ts';
import { parseDelegation, serialiseDelegation, type Delegation } from './delegation.ts';
import { parseHandOver, serialiseHandOver, type HandOver } from './hand-over.ts';
import { parsePostmark, requiredRoles, serialisePostmark, type Postmark } from './postmark.ts';

const instant = fc
  .integer({ min: 0, max: 4_000_000_000_000 })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const sha256 = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const word = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((text) => text.trim() !== '' && text.isWellFormed());
const day = fc.constantFrom('2026-01-01', '2026-12-31');

const postmarks: fc.Arbitrary<Postmark> = fc.record({
  version: fc.constant(1 as const),
  receiptNumber: word,
  filingId: word,
  form: word,
  periodFrom: day,
  periodTo: day,
  agency: word,
  office: fc.string(),
  companyInn: fc.stringMatching(/^\d{14}$/),
  reportSha256: sha256,
  signatureSha256: sha256,
  signers: fc.oneof(fc.record({ head: sha256, accountant: sha256 }), fc.record({ head: sha256 })),
  signedAt: instant,
  postmarkedAt: instant,
  clockSource: word,
});

const receipts: fc.Arbitrary<AgencyReceipt> = fc.record({
  version: fc.constant(1 as const),
  agency: word,
  agencyNumber: word,
  filingNumber: word,
  reportSha256: sha256,
  signatureSha256: sha256,
  verdict: fc.constant('signatures_valid' as const),
  receivedAt: instant,
});

const decisions: fc.Arbitrary<Decision> = fc.record({
  version: fc.constant(1 as const),
  agency: word,
  agencyNumber: word,
  filingNumber: word,
  reportSha256: sha256,
  verdict: fc.constantFrom('accepted' as const, 'rejected' as const),
  reasons: fc.array(word),
  text: fc.string(),
  decidedAt: instant,
});

const forms = fc.oneof(
  fc.constant(['*']),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,9}\/[a-z0-9-]{1,9}$/), { minLength: 1, maxLength: 5 })
    .map((codes) => codes.sort()),
);
const terms = fc
  .tuple(
    fc.integer({ min: 0, max: 4_000_000_000_000 }),
    fc.integer({ min: 1, max: 100_000_000_000 }),
    fc.constantFrom(['', ''], ['2026-01-01', ''], ['', '2026-12-31'], ['2026-01-01', '2026-12-31']),
  )
  .map(([from, length, [periodFrom = '', periodTo = '']]) => ({
    validFrom: Temporal.Instant.fromEpochMilliseconds(from),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(from + length),
    periodFrom,
    periodTo,
  }));
const delegations: fc.Arbitrary<Delegation> = fc
  .record({
    version: fc.constant(1 as const),
    delegationId: word,
    companyInn: fc.stringMatching(/^\d{14}$/),
    headCertificateSha256: sha256,
    headCredentialId: word,
    delegateOfficerId: word,
    delegateFullName: word,
    delegateCertificateSha256: sha256,
    forms,
    taxCeiling: fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }),
    nonce: fc.stringMatching(/^[0-9a-f]{32}$/),
  })
  .chain((record) => terms.map((bounds) => ({ ...record, ...bounds })));

const handOvers: fc.Arbitrary<HandOver> = fc.record({
  version: fc.constant(1 as const),
  filingNumber: word,
  agency: word,
  attempt: fc.integer({ min: 1, max: 1000 }),
  xRoadId: fc.string(),
  xRoadRequestId: fc.string(),
  xRoadRequestHash: fc.string(),
  answerSha256: sha256,
  reportSha256: sha256,
  handedOverAt: instant,
});

const corrections: fc.Arbitrary<Correction> = fc
  .record({
    version: fc.constant(1 as const),
    filingNumber: word,
    correctsNumber: word,
    correctsReportSha256: sha256,
    reportSha256: sha256,
    linkedAt: instant,
  })
  .filter(({ filingNumber, correctsNumber }) => filingNumber !== correctsNumber);

describe('every document', () => {
  it('reads back what was written', () => {
    const survives = <Value>(
      values: fc.Arbitrary<Value>,
      write: (value: Value) => Uint8Array,
      read: (bytes: Uint8Array) => unknown,
    ) =>
      fc.assert(fc.property(values, (value) => void expect(read(write(value))).toEqual({ ok: true, value })));
    survives(postmarks, serialisePostmark, parsePostmark);
    survives(receipts, serialiseAgencyReceipt, parseAgencyReceipt);
    survives(decisions, serialiseDecision, parseDecision);
    survives(delegations, serialiseDelegation, parseDelegation);
    survives(handOvers, serialiseHandOver, parseHandOver);
    survives(corrections, serialiseCorrection, parseCorrection);
  });

  it('has one field a line', () => {
    fc.assert(
      fc.property(postmarks, (value) => {
        const lines = Buffer.from(serialisePostmark(value)).toString().split('\n');
        expect(lines).toHaveLength(22);
        for (const line of lines.slice(1, -2)) expect(line).toMatch(/^ {2}"[a-zA-Z0-9]+": [^\n]*[^,\n],?$/);
      }),
    );
  });

  it('is refused, never thrown at, when it is any other bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const readers = [
            parsePostmark,
            parseHandOver,
            parseAgencyReceipt,
            parseDecision,
            parseCorrection,
            parseDelegation,
          ];
          expect(readers.filter((read) => read(bytes).ok)).toEqual([]);
        },
      ),
    );
  });
});

describe('a refusal names the field', () => {
  const [sample] = fc.sample(postmarks, { seed: 7, numRuns: 1 });
  const text = sample === undefined ? '' : Buffer.from(serialisePostmark(sample)).toString();
  const parse = (altered: string) => parsePostmark(Buffer.from(altered));

  it.each([
    [text.replace('"version": 1', '"version": "1"'), 'wrong_type', 'version'],
    [text.replace('"version": 1', '"version": 2'), 'bad_value', 'version'],
    [text.replace('"version": 1', '"version": 1,\n  "more": 1'), 'unknown_field', 'more'],
    [text.replace(/ {2}"office".*\n/, ''), 'missing_field', 'office'],
    [text.replace(/"reportSha256": "../, '"reportSha256": "XY'), 'bad_value', 'reportSha256'],
    [text.replace(/"postmarkedAtEpoch": \d/, '"postmarkedAtEpoch": 99'), 'not_canonical', null],
    [text.replace('head', 'accountant'), 'not_canonical', null],
    [text.replaceAll('\n', '\r\n'), 'not_canonical', null],
    [text.slice(0, -1), 'not_canonical', null],
    ['[]', 'not_an_object', null],
    ['{', 'not_json', null],
  ])('%#', (altered, reason, field) => {
    expect(parse(altered)).toEqual({ ok: false, reason, field });
  });

  it('also of a hand-over and a correction', () => {
    const at = Temporal.Instant.from('2026-11-23T18:00:00Z');
    const hashes = { answerSha256: 'a'.repeat(64), reportSha256: 'b'.repeat(64) };
    const xRoad = { xRoadId: '', xRoadRequestId: '', xRoadRequestHash: '' };
    const handOver = serialiseHandOver({
      version: 1,
      filingNumber: '7',
      agency: 'gns',
      attempt: 0,
      handedOverAt: at,
      ...hashes,
      ...xRoad,
    });
    expect(parseHandOver(handOver)).toEqual({ ok: false, reason: 'bad_value', field: 'attempt' });
    const link = { filingNumber: '7', correctsNumber: '7', correctsReportSha256: 'c'.repeat(64) };
    const correction = serialiseCorrection({
      version: 1,
      ...link,
      reportSha256: hashes.reportSha256,
      linkedAt: at,
    });
    expect(parseCorrection(correction)).toEqual({ ok: false, reason: 'bad_value', field: 'correctsNumber' });
  });

  it('gives the roles that had to sign, head first', () => {
    const both = { head: '1'.repeat(64), accountant: '2'.repeat(64) };
    expect(sample && requiredRoles({ ...sample, signers: both })).toEqual(['head', 'accountant']);
    expect(sample && requiredRoles({ ...sample, signers: { accountant: both.accountant } })).toEqual([
      'accountant',
    ]);
  });
});

describe('a delegation that bounds nothing or nobody could use', () => {
  const [sample] = fc.sample(delegations, { seed: 7, numRuns: 1 });
  const parse = (altered: Partial<Delegation>) =>
    sample && parseDelegation(serialiseDelegation({ ...sample, ...altered }));

  it.each<[keyof Delegation, Partial<Delegation>]>([
    ['forms', { forms: [] }],
    ['forms', { forms: ['*', 'gns/sti-091'] }],
    ['forms', { forms: ['gns/sti-161', 'gns/sti-091'] }],
    ['forms', { forms: ['gns/sti-091', 'gns/sti-091'] }],
    ['forms', { forms: ['gns/sti-091/9'] }],
    ['periodFrom', { periodFrom: '2026-1-1' }],
    ['periodTo', { periodFrom: '2026-07-01', periodTo: '2026-06-30' }],
    ['taxCeiling', { taxCeiling: -2 }],
    ['expiresAt', sample ? { expiresAt: sample.validFrom } : {}],
    ['nonce', { nonce: 'AB'.repeat(16) }],
    ['delegateFullName', { delegateFullName: ' ' }],
    ['delegateCertificateSha256', { delegateCertificateSha256: '' }],
  ])('is refused at %s', (field, altered) => {
    expect(parse(altered)).toEqual({ ok: false, reason: 'bad_value', field });
  });
});
