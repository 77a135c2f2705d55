const CLAIM = /^delegation:([0-9a-f]{64});delegate:([0-9a-f]{64})$/;

/** Both SHA-256, lower-case hex: of delegation.json, and of the delegate's certificate. */
export interface DelegationClaim {
  readonly delegationSha256: string;
  readonly delegateCertificateSha256: string;
}

/** The claimed role in the head's signature of a report that was signed on the head's behalf. */
export const writeDelegationClaim = (claim: DelegationClaim): string =>
  `delegation:${claim.delegationSha256};delegate:${claim.delegateCertificateSha256}`;

/** Undefined when the claimed role says anything else. */
export const readDelegationClaim = (claimedRole: string): DelegationClaim | undefined => {
  const [, delegationSha256, delegateCertificateSha256] = CLAIM.exec(claimedRole) ?? [];
  return delegationSha256 === undefined || delegateCertificateSha256 === undefined
    ? undefined
    : { delegationSha256, delegateCertificateSha256 };
};
