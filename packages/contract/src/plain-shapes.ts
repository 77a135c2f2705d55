import { OFFICER_ROLES } from '@sochi/kernel';
import * as z from 'zod';

/** An instant as ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
/** A calendar day as ISO 8601. */
export const Day = z.iso.date();
export const OfficerRole = z.enum(OFFICER_ROLES);
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Whole tyiyn (1/100 som). */
export const Tyiyn = z.int();
export const Period = z.object({ from: Day, to: Day });
