import { endpoints } from '@sochi/contract';
import { loadForm, type FormModule } from '@sochi/forms';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { readReport, type ReportReading } from './read-report.ts';
import { canHash, sha256 } from './sha256.ts';
import { parseXml } from './xml-element.ts';

/** A report as fetched: its own fingerprint, computed here, and its content; or why it cannot be shown. */
export type ShownReport =
  | { readonly ok: true; readonly sha256: string; readonly form: FormModule; readonly reading: ReportReading }
  | { readonly ok: false; readonly reason: 'insecure' | 'unreadable' | 'hashDiffers' };

const showReport = async (
  filing: { id: string; formId: string; reportSha256: string | null },
  signal: AbortSignal,
): Promise<ShownReport> => {
  if (!canHash()) return { ok: false, reason: 'insecure' };
  const [fetched, form] = await Promise.all([
    api(endpoints.getReport, { params: { id: filing.id } }, signal),
    loadForm(filing.formId),
  ]);
  const bytes = new Uint8Array(fetched);
  const hash = await sha256(bytes);
  if (hash !== filing.reportSha256) return { ok: false, reason: 'hashDiffers' };
  const root = parseXml(bytes);
  if (!root) return { ok: false, reason: 'unreadable' };
  return { ok: true, sha256: hash, form, reading: readReport(root, form.definition) };
};

/** The bytes that are to be signed, read and hashed in this browser. */
export const useReport = (
  filing: { id: string; formId: string; reportSha256: string | null } | undefined,
): UseQueryResult<ShownReport> =>
  useQuery({
    queryKey: queryKeys.report(filing?.id ?? '', filing?.reportSha256 ?? ''),
    queryFn: ({ signal }) => {
      if (!filing) throw new Error('asked for the report of no filing');
      return showReport(filing, signal);
    },
    enabled: filing !== undefined && filing.reportSha256 !== null,
    staleTime: Infinity,
  });
