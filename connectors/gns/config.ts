import { z } from 'zod';

const identifier = z
  .string()
  .regex(/^[^/]+(\/[^/]+){2,4}$/)
  .transform((text) => text.split('/'));

/** Settings of the connector, by the names they have in the environment. */
export const GnsConfig = z.object({
  GNS_URL: z.url().default('http://127.0.0.1:8090').describe('Address of our X-Road security server'),
  GNS_CLIENT: identifier
    .prefault('KG/COM/60000001/sochi')
    .describe('Who we are in X-Road: instance/class/member/subsystem'),
  GNS_SERVICE: identifier
    .prefault('KG/GOV/70000002/reports/sti')
    .describe('The service of the tax agency, with its code'),
  GNS_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(120_000)
    .default(20_000)
    .describe('How long one call may take'),
});
export type GnsConfig = z.output<typeof GnsConfig>;
