/** Forgeries by texts: what openssl prints of them, or the shell reads in them, could pass for something else. */
import { POSTMARKED_AT, REPORT, type SampleChanges } from './sample-bundle.ts';
import { der, issueWithLines, listWithText, privateAttribute, signHiding } from './hidden-lines.ts';
import { shortPrint } from '../bundle-layout.ts';
import type { Stage, Tampering } from './tamperings.ts';

/** The file that would appear in the bundle's folder if the shell ran what a text of the bundle says. */
export const EXECUTED = 'executed';
/** Bash takes what stands between brackets of an array for arithmetic, and runs it. */
const COMMAND = `a[$(echo>${EXECUTED})]`;

const UTF8_STRING = 0x0c;
const OCTET_STRING = 0x04;
const FORGED_TIME = '20260101000000Z';

const text = (lines: string): Buffer => der(UTF8_STRING, Buffer.from(lines.padEnd(140, ' ')));

type Places = readonly number[];

/** The report is signed by the head alone, with attributes that may name the places things have in the whole. */
const hiding = (
  { authority, signers: { head } }: Stage,
  attributesFor: (places: Places) => readonly Uint8Array[],
  placesIn: (cms: Buffer, token: Uint8Array) => Places = () => [],
): SampleChanges => ({
  reportSigners: [head],
  postmark: { signers: { head: head.certificate.sha256 } },
  reportP7s: async () => {
    let places: Places = [];
    // Signatures differ in length, and so do numbers: signed again until all of it fits.
    for (let tries = 0; tries < 300; tries += 1) {
      const order = { content: Buffer.from(REPORT), by: head, at: POSTMARKED_AT };
      const { cms, token } = await signHiding(authority, { ...order, attributes: attributesFor(places) });
      const found = placesIn(cms, token);
      if (String(found) === String(places)) return cms;
      places = found;
    }
    throw new Error('the places do not settle');
  },
});

/** What a timestamp says, of a time of the signer's own. */
const forgedInfo = der(
  0x30,
  der(0x02, Buffer.of(1)),
  der(0x06, Buffer.of(0x2a, 3)),
  der(
    0x30,
    der(0x30, der(0x06, Buffer.from('608648016503040201', 'hex'))),
    der(OCTET_STRING, Buffer.alloc(32)),
  ),
  der(0x02, Buffer.of(9)),
  der(0x18, Buffer.from(FORGED_TIME)),
  der(OCTET_STRING, Buffer.alloc(160)),
);

const forgedTime = (stage: Stage): SampleChanges =>
  hiding(
    stage,
    ([info = 0, token = 0, length = 0]) => {
      const lines = [
        'x',
        ...Array.from({ length: 3 }, () => '0:d=5 hl=2 l=1 prim: NULL'),
        '0:d=7 hl=2 l=1 prim: OBJECT :id-smime-aa-timeStampToken',
        `${token}:d=8 hl=4 l=${length} cons: SEQUENCE`,
        `${info}:d=13 hl=0 l=${forgedInfo.length} prim: OCTET`,
        '0:d=99 hl=2 l=1 prim: NULL',
      ];
      return [
        privateAttribute(8, der(OCTET_STRING, forgedInfo)),
        privateAttribute(9, text(lines.join('\n'))),
      ];
    },
    (cms, token) => [cms.indexOf(forgedInfo), cms.indexOf(token), token.length - 4],
  );

const END = '<end>';

/** The line stands exactly where the value after the text begins, at its depth: one level up, the signature's algorithm. */
const inPlace = (stage: Stage, line: (place: number) => string): SampleChanges =>
  hiding(
    stage,
    ([place = 0]) => [privateAttribute(9, text(`x\n${line(place)}`.padEnd(200, ' ') + END))],
    (cms) => [cms.indexOf(END) + END.length],
  );

const MALFORMED = { check: 'report_signature', reason: 'malformed' } as const;

const ofAttributes = (stage: Stage): Tampering[] => [
  {
    what: 'a signed attribute of an unknown kind',
    changes: hiding(stage, () => [privateAttribute(9, text('x'))]),
    script: 'signed_attributes',
    ours: MALFORMED,
  },
  {
    what: 'a signed text with a command for the shell',
    changes: hiding(stage, () => [privateAttribute(9, text(`x\n${COMMAND}:d=5 hl=1 l=1 prim: OCTET`))]),
    script: 'line_break',
    ours: MALFORMED,
  },
  {
    what: 'a command where a length should be, in its place',
    changes: inPlace(stage, (place) => `${place}:d=5 hl=2 l=${COMMAND} prim: OCTET`),
    script: 'line_break',
    ours: MALFORMED,
  },
  {
    what: 'a signed text that shows another time than the timestamp',
    changes: forgedTime(stage),
    script: 'line_break',
    ours: MALFORMED,
  },
  {
    what: 'a signed text in the place of the next value',
    changes: inPlace(stage, (place) => `${place}:d=5 hl=2 l=10 cons: SEQUENCE`),
    script: 'line_break',
    ours: MALFORMED,
  },
  {
    what: 'a signed text in the place of the next value, of no length',
    changes: inPlace(stage, (place) => `${place}:d=5 hl=0 l=0 prim: OCTET`),
    script: 'line_break',
    ours: MALFORMED,
  },
];

const ofNames = async (stage: Stage): Promise<Tampering[]> => {
  const head = await issueWithLines(
    stage.authority,
    `x\n${COMMAND}:d=5 hl=1 l=1 prim: OCTET\n2.5.4.12=operator`,
  );
  return [
    {
      what: 'a certificate with a name of several lines',
      changes: { reportSigners: [head], postmark: { signers: { head: head.certificate.sha256 } } },
      script: 'line_break',
      ours: MALFORMED,
    },
  ];
};

/** The lists say that the timestamp authority lost its key, and a text in them that its certificate was only superseded. */
const ofLists = ({ authority }: Stage): Tampering[] => {
  const { certificate } = authority.timestamper;
  const name = `${shortPrint(authority.issuing.sha256)}.crl`;
  const lines = `\n    Serial Number: ${certificate.serial.toUpperCase()}\n                Superseded\n`;
  return [
    {
      what: 'a list whose text gives a milder reason',
      changes: {
        revoked: [{ certificate, revokedAt: POSTMARKED_AT, reason: 'keyCompromise' }],
        stampedLate: { report: -5, postmark: -5 },
        withoutReceipts: true,
        revocation: (files) =>
          files.map((one) =>
            one.file === name ? { ...one, bytes: listWithText(authority, one.bytes, lines) } : one,
          ),
      },
      script: 'revoked',
      ours: { check: 'postmark_signature', reason: 'timestamp_authority_revoked' },
    },
  ];
};

const replacing = (from: RegExp, to: string) => (json: Uint8Array) =>
  Buffer.from(Buffer.from(json).toString().replace(from, to));

const ofFields: readonly Tampering[] = [
  {
    what: 'a stated time that begins with a zero',
    changes: { postmarkJson: replacing(/("postmarkedAtEpoch": )/, '$10') },
    script: 'field',
    ours: { check: 'postmark', reason: 'not_json' },
  },
  {
    what: 'a command instead of a stated time',
    changes: { postmarkJson: replacing(/("postmarkedAtEpoch": )\d+/, `$1${COMMAND.replace('$', '$$$$')}`) },
    script: 'field',
    ours: { check: 'postmark', reason: 'not_json' },
  },
  {
    what: 'a field with a character that moves the cursor',
    changes: { postmarkJson: replacing(/("postmarkedAtBishkek": ")/, '$1\u001B[2K') },
    script: 'field',
    ours: { check: 'postmark', reason: 'not_json' },
  },
  {
    what: 'a file with the name of an option',
    changes: { files: (files) => files.set('-provider', Buffer.from('x')) },
    script: 'manifest',
    ours: { check: 'files', reason: 'file_unknown' },
  },
];

/** Every forgery by a text there is a test for; in none of them may anything of the bundle be run. */
export const textTamperings = async (stage: Stage): Promise<Tampering[]> => [
  ...ofAttributes(stage),
  ...(await ofNames(stage)),
  ...ofLists(stage),
  ...ofFields,
];
