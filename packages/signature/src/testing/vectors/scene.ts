/** What every case of the vectors draws on: authorities, signers, and the file the cases are written to. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { certificateToPem } from '../../certificate/pem.ts';
import type { Certificate } from '../../certificate/certificate.ts';
import { signDetached } from '../../cms/sign-detached.ts';
import type { SignatureAlgorithm } from '../../algorithms/signature-algorithm.ts';
import type { CheckName, Reason } from '../../verify/check-names.ts';
import { SUB_INDICATIONS } from '../../verify/sub-indications.ts';
import type { Indication } from '../../verify/verification-report.ts';
import { COMPANY_INN, createDemoAuthority, SIGNED_AT, type Signer } from '../demo-authority.ts';
import { VECTORS, type CmsVector } from '../vector-index.ts';

export const CONTENT = Buffer.from(`<REPORT>\r\n<TIN>${COMPANY_INN}</TIN>\nОтчёт\r</REPORT>\n`);

/** TOTAL-PASSED, or what must not pass and why. */
export type Expected = 'TOTAL-PASSED' | readonly [Exclude<Indication, 'TOTAL-PASSED'>, CheckName, Reason];

export interface SigningChanges {
  readonly carry?: readonly Certificate[];
  readonly signingTime?: Temporal.Instant;
  readonly claimedRole?: string;
  readonly algorithm?: SignatureAlgorithm;
}

/** Authorities and signers, all fresh. */
export const createScene = async () => {
  const authority = await createDemoAuthority('Vector');
  const unknown = await createDemoAuthority('Unknown');
  const namesake = await createDemoAuthority('Vector');
  const head = await authority.issue({ profile: 'head' });
  const accountant = await authority.issue({ profile: 'accountant' });
  const stamper = await authority.issue({ profile: 'timestamp' });
  const sign = async (signers: readonly Signer[], changes: SigningChanges = {}): Promise<Uint8Array> => {
    const { carry = [authority.intermediate], signingTime = SIGNED_AT, ...more } = changes;
    let cms: Uint8Array | undefined;
    for (const signer of signers) {
      const addTo = cms === undefined ? {} : { addTo: cms };
      const signing = { content: CONTENT, ...signer, signingTime, certificates: carry, ...more };
      cms = await signDetached({ ...signing, ...addTo });
    }
    return cms ?? new Uint8Array();
  };
  const sound = await sign([head, accountant]);
  return { authority, unknown, namesake, head, accountant, stamper, sign, sound };
};

export type Scene = Awaited<ReturnType<typeof createScene>>;

/** The folder of the vectors, emptied, and the cases written so far. */
export const openVectors = ({ authority, unknown, namesake }: Scene) => {
  rmSync(VECTORS, { recursive: true, force: true });
  mkdirSync(VECTORS, { recursive: true });
  const cases: CmsVector[] = [];
  const write = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(new URL(name, VECTORS), bytes);
    return name;
  };
  write('report.xml', CONTENT);
  write('report-altered.xml', Buffer.from(CONTENT.toString().replace('Отчёт', 'Отчет')));
  write('report-lf.xml', Buffer.from(CONTENT.toString().replaceAll('\r\n', '\n')));
  write('root.pem', certificateToPem(authority.root.der));
  write('issuing.pem', certificateToPem(authority.intermediate.der));
  write('namesake-root.pem', certificateToPem(namesake.root.der));
  write('unknown-root.pem', certificateToPem(unknown.root.der));
  const add = (
    [name, about]: readonly [string, string],
    cms: Uint8Array,
    expected: Expected,
    changes: Partial<CmsVector> = {},
  ): void => {
    const isValid = expected === 'TOTAL-PASSED';
    const [indication, check, reason] = isValid ? [expected, null, null] : expected;
    cases.push({
      name,
      about,
      cms: write(`${name}.p7s`, cms),
      isNormalisedFirst: false,
      content: 'report.xml',
      trustAnchors: ['root.pem'],
      intermediates: [],
      at: SIGNED_AT.toString(),
      required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
      timestamps: null,
      revocation: null,
      indication,
      subIndication: reason === null ? null : SUB_INDICATIONS[reason],
      check,
      reason,
      openssl: isValid ? 'accepts' : 'refuses',
      opensslNote: null,
      ...changes,
    });
  };
  const close = () => write('index.json', `${JSON.stringify(cases, null, 2)}\n`);
  return { add, write, close };
};

export type Vectors = ReturnType<typeof openVectors>;

/** Where openssl accepts what we refuse, and why it does. */
export const opensslAccepts = (opensslNote: string): Partial<CmsVector> => ({ openssl: 'accepts', opensslNote });
