/** An issuer with its keys at hand, for tests of lists and answers. */
import type { KeyObject } from 'node:crypto';
import { signBytes } from '../../algorithms/sign-bytes.ts';
import { generateKeyPair, type KeyKind } from '../../ca/generate-key-pair.ts';
import {
  createRootCertificate,
  issueCaCertificate,
  issueSignerCertificate,
} from '../../ca/issue-certificate.ts';
import type { Certificate } from '../../certificate/certificate.ts';
import { VALID_FROM, VALID_UNTIL } from '../../testing/demo-authority.ts';
import { ocspCertId } from '../ocsp-cert-id.ts';
import { assembleCrl, prepareCrl, type CrlOrder } from '../prepare-crl.ts';
import {
  assembleOcspResponse,
  prepareOcspResponse,
  type OcspOrder,
  type OcspStatus,
} from '../prepare-ocsp-response.ts';
import { readCrl, type Crl } from '../read-crl.ts';
import { readOcspResponse, type OcspResponse } from '../read-ocsp-response.ts';

export interface Held {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

export interface TestIssuer extends Held {
  readonly root: Held;
  issue(
    profile: 'head' | 'ocsp' | 'timestamp',
    terms?: { notBefore?: Temporal.Instant; notAfter?: Temporal.Instant },
  ): Promise<Held>;
}

/** Root, issuing authority and whatever it is asked for, valid over 2026 and 2027 and with P-256 keys unless told otherwise. */
export const createTestIssuer = async (
  name = 'Issuer',
  terms = { notBefore: VALID_FROM, notAfter: VALID_UNTIL },
  kind: KeyKind = 'ecdsa-p256',
): Promise<TestIssuer> => {
  const [rootKeys, keys] = await Promise.all([generateKeyPair(kind), generateKeyPair(kind)]);
  const { privateKey } = keys;
  const rootSubject = { commonName: `${name} Root`, organizationName: 'СОчИ' };
  const rootCertificate = await createRootCertificate({ ...terms, ...rootKeys, subject: rootSubject });
  const certificate = await issueCaCertificate({
    ...terms,
    subject: { commonName: name, organizationName: 'СОчИ' },
    publicKey: keys.publicKey,
    issuer: rootCertificate,
    issuerKey: rootKeys.privateKey,
  });
  const issue: TestIssuer['issue'] = async (profile, more = {}) => {
    const own = await generateKeyPair(kind);
    const issued = await issueSignerCertificate({
      ...terms,
      ...more,
      profile,
      subject: { commonName: `${name} ${profile}` },
      publicKey: own.publicKey,
      issuer: certificate,
      issuerKey: privateKey,
    });
    return { certificate: issued, privateKey: own.privateKey };
  };
  const root = { certificate: rootCertificate, privateKey: rootKeys.privateKey };
  return { root, certificate, privateKey, issue };
};

/** A list signed by the key given. */
export const makeCrl = async (privateKey: KeyObject, order: CrlOrder): Promise<Crl> => {
  const prepared = prepareCrl(order);
  return readCrl(assembleCrl(prepared, await signBytes(privateKey, prepared.toBeSigned)));
};

/** An answer signed by the key given. */
export const makeOcsp = async (privateKey: KeyObject, order: OcspOrder): Promise<OcspResponse> => {
  const prepared = prepareOcspResponse(order);
  return readOcspResponse(assembleOcspResponse(prepared, await signBytes(privateKey, prepared.toBeSigned)));
};

/** An answer about one certificate of the issuer, given at `thisUpdate`; by the issuer itself unless a responder is named. */
export const answerAbout = (
  issuer: TestIssuer,
  certificate: Certificate,
  answer: { status: OcspStatus; thisUpdate: Temporal.Instant; nextUpdate?: Temporal.Instant },
  responder: Held = issuer,
): Promise<OcspResponse> =>
  makeOcsp(responder.privateKey, {
    answers: [{ certId: ocspCertId({ certificate, issuer: issuer.certificate }), ...answer }],
    producedAt: answer.thisUpdate,
    certificate: responder.certificate,
    chain: [],
    issuer: issuer.certificate,
  });
