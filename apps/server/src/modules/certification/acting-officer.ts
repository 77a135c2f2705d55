import type { Origin } from '#modules/audit/index.ts';

/** Who acts in the centre, and where the command came from. */
export type ActingOfficer = { id: string; fullName: string; from?: Origin };
