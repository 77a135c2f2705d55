import type { ServiceKeyName } from '../../keys/service-keys.ts';
import type { Authority } from './authority.ts';
import { termOfYears, type Term } from './signature-term.ts';

type ServiceCertificate = {
  issuer: Authority;
  commonName: string;
  term: (now: Temporal.Instant) => Term;
  /** Renewed by the worker, with a new key, when less than this is left; undefined: by people (see the runbook). */
  renewWhenLeft?: { hours: number };
};

const DAY = 24;
const OCSP_TERM = { hours: 30 * DAY };

const shortTerm = (now: Temporal.Instant): Term => {
  const notBefore = now.round({ smallestUnit: 'second', roundingMode: 'trunc' });
  return { notBefore, notAfter: notBefore.add(OCSP_TERM) };
};

/** The centre's own certificates and those of the operator's services, in the order in which they are made. */
export const SERVICE_CERTIFICATES: Readonly<Record<ServiceKeyName, ServiceCertificate>> = {
  root: {
    issuer: 'root',
    commonName: 'СОчИ: корневой удостоверяющий центр',
    term: (now) => termOfYears(now, 20),
  },
  issuing: {
    issuer: 'root',
    commonName: 'СОчИ: выпускающий удостоверяющий центр',
    term: (now) => termOfYears(now, 10),
  },
  operator: {
    issuer: 'issuing',
    commonName: 'СОчИ: оператор',
    term: (now) => termOfYears(now, 1),
    renewWhenLeft: { hours: 30 * DAY },
  },
  // Long, so that what it stamped can be checked for as long as reports are kept.
  timestamp: {
    issuer: 'issuing',
    commonName: 'СОчИ: служба меток времени',
    term: (now) => termOfYears(now, 10),
    renewWhenLeft: { hours: 365 * DAY },
  },
  // Short, since nobody asks whether it is revoked (id-pkix-ocsp-nocheck).
  ocsp: {
    issuer: 'issuing',
    commonName: 'СОчИ: служба состояния сертификатов',
    term: shortTerm,
    renewWhenLeft: { hours: 10 * DAY },
  },
};
