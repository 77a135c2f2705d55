import type { DeliveryOutcome, ReportDelivery, StatusOutcome, UnknownOutcome } from './outcome.ts';

/** What an agency's side can do, for the kit to count on. */
export type Capabilities = {
  /** Report and signatures together; what is larger is not sent at all. */
  largestDeliveryBytes: number;
};

/** The steps of a delivery that each agency's connector gives. They never throw for what an agency or a network can do. */
export type DeliverySteps = {
  /** Hands the report over. `unknown`: it may have arrived. */
  submit(delivery: ReportDelivery): Promise<DeliveryOutcome | UnknownOutcome>;
  /** Asks the agency what it knows of our number. */
  status(delivery: ReportDelivery): Promise<StatusOutcome>;
};

const RETRY_MS = 2_000;
const retry = (reason: string): DeliveryOutcome => ({ outcome: 'retry', afterMs: RETRY_MS, reason });

/**
 * One attempt, with the manners every connector shares. Whenever the agency may have the report already (an earlier attempt, or
 * this one ended without a clear answer), it is asked by our number: what it took is never sent twice nor given up.
 */
export const deliver = async (
  steps: DeliverySteps,
  { largestDeliveryBytes }: Capabilities,
  delivery: ReportDelivery,
): Promise<DeliveryOutcome> => {
  const size = delivery.reportXml.length + delivery.signature.length;
  if (size > largestDeliveryBytes)
    return { outcome: 'stuck', reason: `${size} bytes: the agency takes ${largestDeliveryBytes} at most` };
  if (delivery.isRepeat) {
    const known = await steps.status(delivery);
    if (known.outcome === 'unknown') return retry(known.reason);
    if (known.outcome !== 'absent') return known;
  }
  const sent = await steps.submit(delivery);
  if (sent.outcome !== 'unknown') return sent;
  const known = await steps.status(delivery);
  return known.outcome === 'absent' || known.outcome === 'unknown' ? retry(sent.reason) : known;
};
