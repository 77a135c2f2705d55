import {
  assembleCertificationRequest,
  generateP256KeyPair,
  prepareCertificationRequest,
  requestToPem,
  signBytes,
} from '@sochi/signature';
import type { KeyObject } from 'node:crypto';

type Key = { publicKey: Uint8Array; privateKey: KeyObject };

/** A certification request (PKCS#10, PEM) for a key, a fresh one unless given. */
export const aRequest = async (key?: Key): Promise<string> => {
  const { publicKey, privateKey } = key ?? (await generateP256KeyPair());
  const prepared = prepareCertificationRequest({ subject: { commonName: 'wish' }, publicKey });
  const signature = await signBytes(privateKey, prepared.toBeSigned, prepared.algorithm);
  return requestToPem(assembleCertificationRequest(prepared, signature));
};
