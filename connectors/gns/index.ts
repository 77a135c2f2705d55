import { defineConnector } from '@sochi/connector-kit';
import { readDecisions, submitReport } from './client.ts';
import { GnsConfig } from './config.ts';
import { label } from './labels.ts';

export const connector = defineConnector({
  id: 'gns',
  label,
  config: GnsConfig,
  open: (config) => ({
    submit: (delivery) => submitReport(config, delivery),
    decisions: (request) => readDecisions(config, request),
  }),
});
