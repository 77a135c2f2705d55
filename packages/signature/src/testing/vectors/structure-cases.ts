/** How the CMS is put together: encodings, attributes, lists. */
import { OID } from '../../oids.ts';
import { TAG } from '../../der/tags.ts';
import { derSequence, derValue } from '../../der/write-der.ts';
import { asBer } from '../as-ber.ts';
import * as damaged from '../damaged-cms.ts';
import { CONTENT, opensslAccepts, type Expected, type Scene, type Vectors } from './scene.ts';

const MALFORMED: Expected = ['TOTAL-FAILED', 'structure', 'malformed'];
const BER = opensslAccepts('openssl reads BER; here it is turned into DER once, on intake, and strict ever after');

const addAttributes = async ({ head, accountant, authority, sound }: Scene, { add }: Vectors) => {
  const carry = [authority.intermediate];
  add(
    ['not-cades', 'no signing-certificate attribute'],
    await damaged.signWithAttributes(CONTENT, head, carry, []),
    ['TOTAL-FAILED', 'signing_certificate', 'not_cades'],
  );
  const others = damaged.signingCertificateValue(accountant.certificate);
  add(
    ['names-other', 'the attribute names another certificate'],
    await damaged.signWithAttributes(CONTENT, head, carry, [[OID.signingCertificateV2, others]]),
    ['TOTAL-FAILED', 'signing_certificate', 'names_other_certificate'],
  );
  add(
    ['unsigned-attribute', 'an attribute nothing vouches for'],
    damaged.withUnsignedAttribute(sound),
    ['INDETERMINATE', 'signature', 'unsigned_attributes'],
    opensslAccepts('openssl passes over unsigned attributes'),
  );
  const named = [OID.signingCertificateV2, damaged.signingCertificateValue(head.certificate)] as const;
  const unknown = ['1.3.6.1.4.1.32473.9', derValue(TAG.utf8String, Buffer.from('one\ntwo'))] as const;
  add(
    ['signed-attribute-unknown', 'a signed attribute of an unknown kind, with a text of two lines'],
    await damaged.signWithAttributes(CONTENT, head, carry, [named, unknown]),
    MALFORMED,
    opensslAccepts('openssl passes over signed attributes it does not know'),
  );
  const spaced = [OID.smimeCapabilities, derSequence(derValue(TAG.utf8String, Buffer.from('one\ntwo')))] as const;
  add(
    ['signed-attribute-line-break', 'a text of two lines in a signed attribute of a known kind'],
    await damaged.signWithAttributes(CONTENT, head, carry, [named, spaced]),
    MALFORMED,
    opensslAccepts('openssl does not read what a signed attribute says'),
  );
  add(
    ['digest-algorithms', 'the list names SHA-512, the signers SHA-256'],
    damaged.withOtherDigestAlgorithm(sound),
    ['TOTAL-FAILED', 'structure', 'digest_algorithms_differ'],
  );
};

const addEncodings = ({ sound }: Scene, { add }: Vectors): void => {
  const [indefinite, padded] = [damaged.withIndefiniteLength(sound), damaged.withPaddedLength(sound)];
  const everywhere = asBer(sound, () => 0);
  const normalised = { isNormalisedFirst: true };
  add(['ber-indefinite', 'an indefinite length'], indefinite, MALFORMED, BER);
  add(['ber-padded-length', 'a length that is not minimal'], padded, MALFORMED, BER);
  add(['valid-ber-normalised', 'indefinite lengths, turned into DER'], everywhere, 'TOTAL-PASSED', normalised);
  add(['valid-attached-normalised', 'a copy of the content inside, left out'], damaged.withContentInside(sound, CONTENT), 'TOTAL-PASSED', normalised);
  add(['attached', 'the content is inside'], damaged.withContentInside(sound, CONTENT), MALFORMED, opensslAccepts('openssl takes the content it is handed instead of the copy inside'));
  add(['set-order', 'the SignerInfos stand in the wrong order'], damaged.withSignersReversed(sound), MALFORMED, opensslAccepts('openssl does not mind the order of a SET'));
  add(['ber-deep', 'sixty levels of nothing'], damaged.nested(60), MALFORMED);
  add(['trailing-byte', 'one byte after the end'], Buffer.concat([sound, Buffer.of(0)]), MALFORMED, opensslAccepts('openssl stops reading at the end of the value'));
  add(['truncated', 'one byte is missing'], sound.subarray(0, -1), MALFORMED);
  add(['empty', 'no bytes at all'], new Uint8Array(), MALFORMED);
};

export const addStructureCases = async (scene: Scene, vectors: Vectors): Promise<void> => {
  await addAttributes(scene, vectors);
  addEncodings(scene, vectors);
};
