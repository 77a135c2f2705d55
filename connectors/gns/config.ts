import { z } from 'zod';

const identifier = (parts: RegExp, hint: string) =>
  z
    .string()
    .regex(parts, hint)
    .transform((text) => text.split('/'));

/** Without user and password: an address is repeated in logs, a secret must not be. */
const serverAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', {
    error: 'must not hold a user or a password',
  });

/** Settings of the connector, by the names they have in the environment. */
export const GnsConfig = z.object({
  GNS_URL: serverAddress.default('http://127.0.0.1:8090').describe('Address of our X-Road security server'),
  GNS_CLIENT: identifier(/^[^/]+(\/[^/]+){2,3}$/, 'instance/class/member[/subsystem]')
    .prefault('KG/COM/60000001/sochi')
    .describe('Who we are in X-Road: instance/class/member/subsystem'),
  GNS_SERVICE: identifier(/^[^/]+(\/[^/]+){4}$/, 'instance/class/member/subsystem/service')
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
