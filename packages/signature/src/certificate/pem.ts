import { MalformedError } from '../malformed-error.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----\n((?:[A-Za-z0-9+/=]{1,64}\n)+)-----END CERTIFICATE-----\n/g;

const block = (label: string, der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

/** A certificate as a PEM block of 64-character lines, ending with a line feed. */
export const certificateToPem = (der: Uint8Array): string => block('CERTIFICATE', der);

/** A certification request as a PEM block. */
export const requestToPem = (der: Uint8Array): string => block('CERTIFICATE REQUEST', der);

/** The certificates of a PEM text that holds nothing else; throws MalformedError. */
export const certificatesFromPem = (pem: string): Uint8Array[] => {
  const blocks = [...pem.matchAll(BLOCK)].map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
  if (blocks.map(certificateToPem).join('') !== pem) throw new MalformedError('pem_malformed');
  return blocks;
};
