/** Names of what is kept from the server; `filings` is the common start of everything a moving filing changes. */
export const queryKeys = {
  session: ['session'] as const,
  news: ['news'] as const,
  forms: ['filings', 'forms'] as const,
  filings: ['filings'] as const,
  filingList: (list: 'archive' | 'drafts' | 'to_sign') => ['filings', 'list', list] as const,
  toSignCount: ['filings', 'to-sign-count'] as const,
  filing: (id: string) => ['filings', 'one', id] as const,
  delegation: ['filings', 'delegation'] as const,
  delegationUses: ['filings', 'delegation-uses'] as const,
  onBehalf: (id: string, version: number) => ['filings', 'on-behalf', id, version] as const,
  report: (id: string, sha256: string) => ['report', id, sha256] as const,
};
