/** A head's certificate with an extended key usage (TLS client only): our own authority makes none, so openssl does. */
import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateToPem, readCertificate } from '@sochi/signature';
import { COMPANY_INN, type SampleAuthority, type Signer } from './sample-authority.ts';

/** Issued through files in `folder`; valid for a year around the sample postmark. */
export const issueWithExtendedUsage = ({ issuing, issuingKey }: SampleAuthority, folder: string): Signer => {
  const file = (name: string) => join(folder, name);
  writeFileSync(file('ca.pem'), certificateToPem(issuing.der));
  writeFileSync(file('ca.key'), issuingKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(
    file('ca.cnf'),
    [
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nrand_serial=yes',
      '[p]\ncommonName=supplied\ntitle=supplied\norganizationIdentifier=supplied',
      '[e]\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=critical,clientAuth\n',
    ].join('\n'),
  );
  writeFileSync(file('index.txt'), '');
  const subject = `/CN=With EKU/title=head/organizationIdentifier=${COMPANY_INN}`;
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', 'eku.key');
  openssl('req', '-new', '-key', 'eku.key', '-out', 'eku.csr', '-subj', subject);
  const dates = ['-startdate', '20260101000000Z', '-enddate', '20261231000000Z'];
  const issuer = [
    '-config',
    'ca.cnf',
    '-cert',
    'ca.pem',
    '-keyfile',
    'ca.key',
    '-extensions',
    'e',
    '-notext',
    '-batch',
  ];
  openssl('ca', ...issuer, ...dates, '-in', 'eku.csr', '-out', 'eku.pem');
  openssl('x509', '-in', 'eku.pem', '-outform', 'DER', '-out', 'eku.der');
  return {
    certificate: readCertificate(readFileSync(file('eku.der'))),
    privateKey: createPrivateKey(readFileSync(file('eku.key'))),
  };
};
