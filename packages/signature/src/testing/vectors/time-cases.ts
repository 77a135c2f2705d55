/** Timestamps and revocation: what was true when. */
import { addTimestamps, signatureValues } from '../../cms/timestamps.ts';
import type { Certificate } from '../../certificate/certificate.ts';
import type { RevocationReason } from '../../revocation/revocation-reason.ts';
import { makeCrl } from '../../revocation/testing/issuer.ts';
import { SIGNED_AT, VALID_UNTIL } from '../demo-authority.ts';
import { stampAll, tokenOver } from '../stamp.ts';
import type { CmsVector } from '../vector-index.ts';
import { opensslAccepts, type Expected, type Scene, type Vectors } from './scene.ts';

const AT = SIGNED_AT.add({ hours: 2 }).toString();
const YEARS_LATER = VALID_UNTIL.add({ hours: 5 * 8760 }).toString();
const STAMPED: Partial<CmsVector> = { at: AT, timestamps: { trustAnchors: ['root.pem'], isRequired: true } };

const stamping = ({ stamper, authority }: Scene) => ({
  authority: stamper,
  chain: [authority.intermediate],
  genTime: SIGNED_AT,
});

const addGood = async (scene: Scene, { add }: Vectors) => {
  const how = stamping(scene);
  const stamped = await stampAll(scene.sound, how);
  add(['valid-timestamps', 'judged five years after everything expired'], stamped, 'TOTAL-PASSED', {
    ...STAMPED,
    at: YEARS_LATER,
  });
  const twice = await stampAll(stamped, { ...how, genTime: SIGNED_AT.add({ minutes: 1 }) });
  add(['valid-two-timestamps', 'a second timestamp over each signature'], twice, 'TOTAL-PASSED', STAMPED);
  add(
    ['timestamp-not-asked-for', 'a verifier that does not look at timestamps'],
    stamped,
    ['INDETERMINATE', 'signature', 'unsigned_attributes'],
    opensslAccepts('openssl passes over unsigned attributes'),
  );
};

const addStripped = async (scene: Scene, { add }: Vectors) => {
  const [first] = signatureValues(scene.sound);
  const alone = first && (await tokenOver(first, stamping(scene)));
  const noDemand = opensslAccepts('openssl does not demand timestamps');
  const missing: Expected = ['TOTAL-FAILED', 'timestamp', 'timestamp_missing'];
  add(['timestamp-stripped', 'the timestamps were taken away'], scene.sound, missing, { ...STAMPED, ...noDemand });
  add(['timestamp-one-stripped', 'one signer’s timestamp was taken away'], addTimestamps(scene.sound, [alone]), missing, {
    ...STAMPED,
    ...noDemand,
  });
};

const addBad = async (scene: Scene, { add }: Vectors) => {
  const { sound, authority, unknown, head } = scene;
  const how = stamping(scene);
  const tokens = await Promise.all(signatureValues(sound).map((value) => tokenOver(value, how)));
  const bad = (names: readonly [string, string], cms: Uint8Array, expected: Expected, more: Partial<CmsVector> = {}) =>
    add(names, cms, expected, { ...STAMPED, ...more });
  bad(['timestamp-other-signature', 'the signers carry each other’s timestamp'], addTimestamps(sound, tokens.toReversed()), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_over_other_signature',
  ]);
  bad(
    ['timestamp-future', 'a timestamp of tomorrow'],
    await stampAll(sound, { ...how, genTime: SIGNED_AT.add({ hours: 26 }) }),
    ['TOTAL-FAILED', 'timestamp', 'timestamp_from_future'],
    opensslAccepts('openssl does not compare the timestamp with a clock'),
  );
  bad(
    ['timestamp-before-signing', 'the clock was moved back: stamped an hour before the claimed signing'],
    await stampAll(sound, { ...how, genTime: SIGNED_AT.subtract({ hours: 1 }) }),
    ['TOTAL-FAILED', 'timestamp', 'timestamp_before_signing'],
    opensslAccepts('openssl does not compare the timestamp with the signing time'),
  );
  const stranger = { ...how, authority: await unknown.issue({ profile: 'timestamp' }), chain: [unknown.intermediate] };
  bad(['timestamp-authority-unknown', 'a timestamp authority nobody knows'], await stampAll(sound, stranger), [
    'INDETERMINATE',
    'timestamp',
    'timestamp_authority_unknown',
  ]);
  bad(['timestamp-authority-unfit', 'the head’s own key made the timestamps'], await stampAll(sound, { ...how, authority: head }), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_authority_unfit',
  ]);
  const ended = await authority.issue({ profile: 'timestamp', notAfter: SIGNED_AT.subtract({ hours: 1 }) });
  bad(['timestamp-authority-expired', 'the authority’s certificate had ended'], await stampAll(sound, { ...how, authority: ended }), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_authority_not_valid',
  ]);
  const wrong = tokens.map((token) => Buffer.concat([token.subarray(0, -1), Buffer.of((token.at(-1) ?? 0) ^ 1)]));
  bad(['timestamp-signature-wrong', 'the last bit of the token is another'], addTimestamps(sound, wrong), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_signature_wrong',
  ]);
  bad(['timestamp-malformed', 'a certificate where the token should be'], addTimestamps(sound, [head.certificate.der, tokens[1]]), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_malformed',
  ]);
};

interface Entry {
  readonly certificate: Certificate;
  readonly since: Temporal.Instant;
  readonly reason?: RevocationReason;
}

const addRevocation = async (scene: Scene, { add, write }: Vectors) => {
  const { authority, head, stamper } = scene;
  const list = async (name: string, entries: readonly Entry[], thisUpdate = SIGNED_AT.subtract({ minutes: 30 })) => {
    const isRoot = name.startsWith('root');
    const crl = await makeCrl(isRoot ? authority.rootKey : authority.intermediateKey, {
      issuer: isRoot ? authority.root : authority.intermediate,
      number: 1,
      thisUpdate,
      nextUpdate: thisUpdate.add({ hours: 24 }),
      entries: entries.map(({ certificate, since, reason = 'keyCompromise' }) => ({
        serial: certificate.serial,
        revokedAt: since,
        reason,
      })),
    });
    return write(`${name}.crl`, crl.der);
  };
  const stamped = await stampAll(scene.sound, stamping(scene));
  const [before, after] = [SIGNED_AT.subtract({ hours: 1 }), SIGNED_AT.add({ hours: 1 })];
  const rootList = await list('root', []);
  const withLists = (crls: readonly string[]): Partial<CmsVector> => ({
    ...STAMPED,
    revocation: { crls, isRequired: true },
  });
  const asked = async (names: readonly [string, string], file: string, expected: Expected, more: Partial<CmsVector> = {}) =>
    add(names, stamped, expected, { ...withLists([rootList, file]), ...more });
  await asked(['valid-not-revoked', 'lists of the time of signing'], await list('issuing', []), 'TOTAL-PASSED');
  const later = await list('issuing-later', [{ certificate: head.certificate, since: after }], after);
  await asked(['valid-revoked-after', 'revoked an hour after the timestamp'], later, 'TOTAL-PASSED', {
    openssl: 'refuses',
    opensslNote: 'openssl asks whether a certificate is listed, not since when',
  });
  await asked(['revoked', 'revoked an hour before the timestamp'], await list('issuing-revoked', [{ certificate: head.certificate, since: before }]), [
    'TOTAL-FAILED',
    'revocation',
    'revoked',
  ]);
  const held = { certificate: head.certificate, since: before, reason: 'certificateHold' as const };
  await asked(['suspended', 'on hold at the time of the timestamp'], await list('issuing-suspended', [held]), [
    'TOTAL-FAILED',
    'revocation',
    'suspended',
  ]);
  await asked(['revocation-stale', 'the list had run out'], await list('issuing-stale', [], SIGNED_AT.subtract({ hours: 30 })), [
    'INDETERMINATE',
    'revocation',
    'revocation_stale',
  ]);
  await asked(['timestamp-authority-revoked', 'the authority lost its key'], await list('issuing-stamper', [{ certificate: stamper.certificate, since: before }]), [
    'TOTAL-FAILED',
    'timestamp',
    'timestamp_authority_revoked',
  ], opensslAccepts('openssl ts looks at no lists'));
  add(['revocation-unknown', 'the issuing authority’s list is missing'], stamped, ['INDETERMINATE', 'revocation', 'revocation_unknown'], withLists([rootList]));
  const rootRevoked = await list('root-revoked', [{ certificate: authority.intermediate, since: before }]);
  add(['issuer-revoked', 'the issuing authority was revoked'], stamped, ['TOTAL-FAILED', 'revocation', 'issuer_revoked'], {
    ...withLists([rootRevoked, 'issuing.crl']),
    // The timestamp authority's issuer is the same one, and is come to first.
    subIndication: 'REVOKED',
  });
};

export const addTimeCases = async (scene: Scene, vectors: Vectors): Promise<void> => {
  await addGood(scene, vectors);
  await addStripped(scene, vectors);
  await addBad(scene, vectors);
  await addRevocation(scene, vectors);
};
