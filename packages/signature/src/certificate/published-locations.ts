/** Where a certificate says its issuer publishes lists, answers and its own certificate; other kinds of name are passed over. */
import { bodyOf, childrenOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, oidOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';

export interface PublishedLocations {
  /** Addresses of revocation lists. */
  readonly crlLocations: readonly string[];
  readonly ocspLocations: readonly string[];
  /** Addresses of the issuer's certificate. */
  readonly issuerLocations: readonly string[];
}

const URI = 0x86;

const addressesOf = (names: readonly DerNode[]): string[] =>
  names.filter(({ tag }) => tag === URI).map((name) => Buffer.from(bodyOf(name)).toString('latin1'));

/** The addresses of a CRLDistributionPoints value (absent: none); throws MalformedError. */
export const crlLocationsOf = (value: Uint8Array | undefined): string[] => {
  if (value === undefined) return [];
  const points = new DerCursor(readDer(value), TAG.sequence, 'crl_points').rest();
  return points.flatMap((point) => {
    const name = new DerCursor(point, TAG.sequence, 'crl_point').takeIf(TAG.context0Constructed);
    const full = name && new DerCursor(name, TAG.context0Constructed, 'crl_point_name').take();
    return full?.tag === TAG.context0Constructed ? addressesOf(childrenOf(full)) : [];
  });
};

/** The addresses of an AuthorityInfoAccess value (absent: none); throws MalformedError. */
export const issuerAccessOf = (
  value: Uint8Array | undefined,
): Pick<PublishedLocations, 'ocspLocations' | 'issuerLocations'> => {
  const entries =
    value === undefined ? [] : new DerCursor(readDer(value), TAG.sequence, 'issuer_access').rest();
  const described = entries.map((entry) => {
    const cursor = new DerCursor(entry, TAG.sequence, 'access_description');
    const method = oidOf(cursor.take());
    const addresses = addressesOf([cursor.take()]);
    cursor.finish();
    return { method, addresses };
  });
  const by = (oid: string) => described.flatMap(({ method, addresses }) => (method === oid ? addresses : []));
  return { ocspLocations: by(OID.ocsp), issuerLocations: by(OID.caIssuers) };
};
