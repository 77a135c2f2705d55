import type { IssuedCertificate, IssuedCertificateDetail } from '@sochi/contract';
import { BISHKEK } from '@sochi/kernel';
import { readCertificateDetail, type CentreContext } from '#modules/certification/index.ts';

const moment = (iso: string): string =>
  Temporal.Instant.from(iso)
    .toZonedDateTimeISO(BISHKEK)
    .toString({ timeZoneName: 'never', offset: 'never', smallestUnit: 'second' })
    .replace('T', ' ');

const stateOf = ({ state, stateReason, stateSince }: IssuedCertificate): string =>
  stateSince === null ? state : `${state} (${stateReason}) since ${moment(stateSince)}`;

const holderOf = ({ subject }: IssuedCertificate): string =>
  [subject.commonName, subject.organizationName, subject.companyInn && `ИНН ${subject.companyInn}`]
    .filter(Boolean)
    .join(', ');

/** One line for a list. */
export const certificateLine = (certificate: IssuedCertificate): string =>
  [
    certificate.id,
    certificate.serial,
    certificate.profile.padEnd(10),
    `until ${moment(certificate.validTo)}`,
    stateOf(certificate),
    holderOf(certificate),
  ].join('  ');

const actLine = (act: IssuedCertificateDetail['acts'][number]): string => {
  const papers = act.documents.map(({ kind, number, date }) => `${kind} ${number} of ${date}`).join('; ');
  const why = act.reason === null ? '' : ` (${act.reason})`;
  return `  ${moment(act.at)}  ${act.act}${why}  by ${act.officer ?? 'the centre'}${papers === '' ? '' : `  on ${papers}`}`;
};

/** Everything about a certificate, times of Bishkek. */
export const describeCertificate = (certificate: IssuedCertificateDetail): string =>
  [
    `Certificate  ${certificate.serial}`,
    `id           ${certificate.id}`,
    `profile      ${certificate.profile}`,
    `holder       ${holderOf(certificate)}`,
    `valid        ${moment(certificate.validFrom)} to ${moment(certificate.validTo)}`,
    `state        ${stateOf(certificate)}`,
    `sha256       ${certificate.sha256}`,
    ...(certificate.replaces === null ? [] : [`replaces     ${certificate.replaces}`]),
    'Acts:',
    ...certificate.acts.map(actLine),
    '',
    certificate.pem,
  ].join('\n');

export const readAndDescribe = async (ctx: CentreContext, id: string): Promise<string> =>
  describeCertificate(await readCertificateDetail(ctx, id));
