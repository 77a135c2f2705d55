import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at /metrics. Durations are in seconds. */
export const createMetrics = (service: string) => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'sochi_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['endpoint', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
    postmarkSeconds: new Histogram({
      name: 'sochi_postmark_seconds',
      help: 'Time from the request of the last signature to the postmark',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
      registers: [registry],
    }),
    deliverySeconds: new Histogram({
      name: 'sochi_delivery_seconds',
      help: 'Time from the postmark to the delivery to the agency',
      labelNames: ['agency'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300],
      registers: [registry],
    }),
    logins: new Counter({
      name: 'sochi_logins_total',
      help: 'Logins by outcome',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    deliveries: new Counter({
      name: 'sochi_deliveries_total',
      help: 'Delivery attempts by agency and outcome',
      labelNames: ['agency', 'outcome'],
      registers: [registry],
    }),
    alarms: new Counter({
      name: 'sochi_alarms_total',
      help: 'Things a person must look at',
      labelNames: ['kind'],
      registers: [registry],
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
