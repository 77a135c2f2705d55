import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { deliver, type Capabilities, type DeliverySteps } from './deliver.ts';
import type { DecisionPage, DeliveryOutcome, ReportDelivery } from './outcome.ts';

/** A connector with its settings in place: what the delivery works with. It never touches a database. */
export type ConnectorInstance = {
  id: string;
  /** Never throws for what an agency or a network can do: every such thing is an outcome. May be repeated without harm. */
  submit(delivery: ReportDelivery): Promise<DeliveryOutcome>;
  /** Decisions after `cursor` (empty: from the beginning), waiting up to `waitMs` for one. Throws when the agency cannot be asked. */
  decisions(request: { after: string; waitMs: number; signal: AbortSignal }): Promise<DecisionPage>;
};

export type Words = { ru: string; ky: string; en: string };

/** What `connectors/<agency>/index.ts` exports as `connector`. */
export type Connector = {
  id: string;
  label: Words;
  labels: Record<keyof Words, AgencyLabels>;
  capabilities: Capabilities;
  /** Its settings by their names in the environment, for .env.example. */
  settings: Readonly<Record<string, z.ZodType>>;
  open(env: Record<string, string | undefined>, ports?: ConnectorPorts): ConnectorInstance;
};

/** Words about an agency in one language: its name, and its refusals by code. */
export type AgencyLabels = { name: string; refusals: Record<string, string> };

/** What a connector is handed instead of reaching for it. */
export type ConnectorPorts = { newId: () => string };

/** The agency's decisions cannot be read now; the place does not move. */
export class DecisionsUnavailable extends Error {}

/** The settings of a connector are wrong: every problem in one sentence. */
export class ConnectorConfigError extends Error {}

/** Makes a connector out of its parts: settings are read from the environment by the names in `config`; empty is not given. */
export const defineConnector = <C extends z.ZodObject>(definition: {
  id: string;
  labels: Record<keyof Words, AgencyLabels>;
  config: C;
  capabilities: Capabilities;
  open: (config: z.output<C>, ports: ConnectorPorts) => DeliverySteps & Pick<ConnectorInstance, 'decisions'>;
}): Connector => ({
  id: definition.id,
  labels: definition.labels,
  label: {
    ru: definition.labels.ru.name,
    ky: definition.labels.ky.name,
    en: definition.labels.en.name,
  },
  capabilities: definition.capabilities,
  settings: definition.config.shape,
  open(env, ports = { newId: randomUUID }) {
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const parsed = definition.config.safeParse(given);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new ConnectorConfigError(
        `The settings of the connector «${definition.id}» are wrong: ${problems.join('; ')}`,
      );
    }
    const { decisions, ...steps } = definition.open(parsed.data, ports);
    return {
      id: definition.id,
      submit: (delivery) => deliver(steps, definition.capabilities, delivery),
      decisions,
    };
  },
});
