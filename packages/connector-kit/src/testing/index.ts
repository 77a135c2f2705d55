export { connectorContract, type ConnectorUnderTest } from './contract-suite.ts';
export { startFakeAgency, type FakeAgency, type HeardRequest, type Play } from './fake-agency.ts';
export type { WireReplies } from './suite-context.ts';
