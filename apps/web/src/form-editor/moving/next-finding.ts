import type { Finding, Severity } from '@sochi/forms-engine';
import { placeKey } from '../draft/place.ts';

/** How many findings of each severity there are. */
export const countFindings = (findings: readonly Finding[]): Readonly<Record<Severity, number>> => {
  const counts = { E: 0, W: 0, I: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
};

/** Errors, then warnings, then hints, each in the order of the form. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  (['E', 'W', 'I'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );

/**
 * Where to jump next: the first finding after `from` in the order of the form, around the end to the start. While there are
 * errors only errors count, then only warnings.
 */
export const nextFinding = (
  findings: readonly Finding[],
  from: string | undefined,
  order: readonly string[],
): Finding | undefined => {
  const counts = countFindings(findings);
  const wanted: Severity = counts.E > 0 ? 'E' : counts.W > 0 ? 'W' : 'I';
  const candidates = findings.filter(({ severity }) => severity === wanted);
  const rank = from === undefined ? -1 : order.indexOf(from);
  return candidates.find(({ at }) => order.indexOf(placeKey(at)) > rank) ?? candidates[0];
};
