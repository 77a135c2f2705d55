import type { ConnectorInstance } from '../connector.ts';
import type { FakeAgency } from './fake-agency.ts';

/** How the agency of a connector puts its answers; the suite plays them. */
export type WireReplies = {
  received: (receipt: { agencyNumber: string; json: Uint8Array; p7s: Uint8Array }) => unknown;
  refused: { status: number; body: (reasons: readonly string[]) => unknown };
  decisions: (page: {
    cursor: string;
    decisions: readonly { filingNumber: string; json: Uint8Array; p7s: Uint8Array }[];
  }) => unknown;
};

/** What each part of the suite works with: the connector under test, and the agency it talks to. */
export type SuiteContext = {
  open: () => ConnectorInstance;
  agency: () => FakeAgency;
  replies: WireReplies;
};

/** Of one call. */
export const TIMEOUT_MS = 400;
