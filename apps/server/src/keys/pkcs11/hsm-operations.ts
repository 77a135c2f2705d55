import type { KeyAlgorithm } from '../key-algorithm.ts';
import type { SealPurpose } from '../vault.ts';
import type { PrivateParts, PublicParts } from './hsm-keys.ts';

/** `pin` is that of the token's user, not of any officer. */
export type HsmToken = { modulePath: string; tokenLabel: string; pin: string };

export type HsmSettings = HsmToken & {
  /** What the vendor's module finds in its environment; that of this process where nothing is said. */
  environment?: Record<string, string | undefined>;
};

/** What the HSM's process is asked for, and what it answers. Only sealed, wrapped and hashed bytes pass. */
export type HsmOperations = {
  /** Opens a session anew. `create` makes the secrets the token lacks, and the answer names them. */
  connect: { input: HsmToken & { create: boolean }; output: { created: string[] } };
  derive: { input: { purpose: SealPurpose; data: Uint8Array }; output: Uint8Array };
  generate: { input: { algorithm: KeyAlgorithm }; output: { wrapped: Uint8Array; publicParts: PublicParts } };
  importKey: { input: { algorithm: KeyAlgorithm; parts: PrivateParts }; output: Uint8Array };
  /** `often`: the unwrapped key may stay in the HSM until the session ends. */
  sign: {
    input: { algorithm: KeyAlgorithm; wrapped: Uint8Array; input: Uint8Array; often: boolean };
    output: Uint8Array;
  };
};

export type HsmOperation = keyof HsmOperations;

export type HsmRequest = {
  [Name in HsmOperation]: { name: Name; input: HsmOperations[Name]['input'] };
}[HsmOperation];

/**
 * `refused`: the HSM says no to this very request. `pin_refused`: it does not let us in. `lost`: session, token, device or
 * process are not what they were; connecting anew may help.
 */
export type HsmFailureKind = 'refused' | 'pin_refused' | 'lost';

export type HsmReply = { ok: true; value: unknown } | { ok: false; kind: HsmFailureKind; message: string };

/** An operation that failed; whoever asked for it decides what that means. */
export class HsmFailure extends Error {
  readonly kind: HsmFailureKind;

  constructor(kind: HsmFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
