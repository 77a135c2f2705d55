import type { z } from 'zod';
import type { DecisionPage, DeliveryOutcome, ReportDelivery } from './outcome.ts';

/** A connector with its settings in place: what the delivery works with. It never touches a database. */
export type ConnectorInstance = {
  id: string;
  /** Never throws for what an agency or a network can do: every such thing is an outcome. */
  submit(delivery: ReportDelivery): Promise<DeliveryOutcome>;
  /** Decisions after `cursor` (empty: from the beginning), waiting up to `waitMs` for one. Throws when the agency cannot be asked. */
  decisions(request: { after: string; waitMs: number; signal: AbortSignal }): Promise<DecisionPage>;
};

export type Words = { ru: string; ky: string; en: string };

/** What `connectors/<agency>/index.ts` exports as `connector`. */
export type Connector = {
  id: string;
  label: Words;
  open(env: Record<string, string | undefined>): ConnectorInstance;
};

/** The settings of a connector are wrong: every problem in one sentence. */
export class ConnectorConfigError extends Error {}

/** Makes a connector out of its parts: settings are read from the environment by the names in `config`. */
export const defineConnector = <C extends z.ZodObject>(definition: {
  id: string;
  label: Words;
  config: C;
  open: (config: z.output<C>) => Omit<ConnectorInstance, 'id'>;
}): Connector => ({
  id: definition.id,
  label: definition.label,
  open(env) {
    const parsed = definition.config.safeParse(env);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new ConnectorConfigError(
        `The settings of the connector «${definition.id}» are wrong: ${problems.join('; ')}`,
      );
    }
    return { id: definition.id, ...definition.open(parsed.data) };
  },
});
