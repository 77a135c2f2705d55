import { defineConnector } from '@sochi/connector-kit';
import { askStatus, readDecisions, submitReport } from './client.ts';
import { GnsConfig } from './config.ts';
import { en } from './labels.en.ts';
import { ky } from './labels.ky.ts';
import { ru } from './labels.ru.ts';

/** The State Tax Service, reached over X-Road REST. */
export const connector = defineConnector({
  id: 'gns',
  labels: { ru, ky, en },
  config: GnsConfig,
  // X-Road passes 10 MiB, and base64 makes four bytes of three.
  capabilities: { largestDeliveryBytes: 7_500_000 },
  open: (config, ports) => ({
    submit: (delivery) => submitReport({ config, ports }, delivery),
    status: (delivery) => askStatus({ config, ports }, delivery),
    decisions: (request) => readDecisions({ config, ports }, request),
  }),
});
