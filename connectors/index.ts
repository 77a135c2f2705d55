import type { Connector, ConnectorInstance } from '@sochi/connector-kit';
import { connectors } from './registry.gen.ts';

export type { ConnectorInstance } from '@sochi/connector-kit';

/** Agencies there is a connector for. */
export const agencies: readonly string[] = Object.keys(connectors);

/** Every connector with its settings from the environment. Throws ConnectorConfigError. */
export const openConnectors = (env: Record<string, string | undefined>): ConnectorInstance[] =>
  Object.values<Connector>(connectors).map((connector) => connector.open(env));
