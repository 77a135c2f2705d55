import type { Connector, ConnectorInstance } from '@sochi/connector-kit';
import { connectors } from './registry.gen.ts';

export type { ConnectorInstance } from '@sochi/connector-kit';

/** Agencies there is a connector for. */
export const agencies: readonly string[] = Object.keys(connectors);

/** What can be set for each of them. */
export const connectorSettings = Object.values<Connector>(connectors).map(({ id, settings }) => ({
  id,
  settings,
}));

/** Every connector with its settings from the environment. Throws ConnectorConfigError. */
export const openConnectors = (env: Record<string, string | undefined>): ConnectorInstance[] =>
  Object.values<Connector>(connectors).map((connector) => connector.open(env));
