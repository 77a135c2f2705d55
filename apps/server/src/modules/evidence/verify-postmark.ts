import { parsePostmark, type Postmark } from '@sochi/signature';
import { OPERATOR, type BundleInspection, type Trust } from './bundle-inspection.ts';
import { isSameMoment, lastStamp } from './bundle-times.ts';

/** A postmark whose signature holds, with the moment its timestamp vouches for. */
export interface ProvenPostmark extends Postmark {
  readonly stampedAt: Temporal.Instant;
}

/** Checks the postmark and its timestamp; undefined when nothing further can be judged by it. */
export const checkPostmark = async (
  bundle: BundleInspection,
  trust: Trust,
): Promise<ProvenPostmark | undefined> => {
  const parsed = parsePostmark(bundle.bytes('postmark.json'));
  if (!parsed.ok) return void bundle.add('postmark', parsed.reason, parsed.field);
  const postmark = parsed.value;
  bundle.add('postmark', null, postmark.receiptNumber);
  const report = await bundle.verify(
    {
      p7s: 'postmark.p7s',
      content: 'postmark.json',
      checks: { signature: 'postmark_signature', revocation: 'postmark_revocation' },
      document: 'postmark',
      stated: postmark.postmarkedAt,
      required: OPERATOR,
    },
    trust,
  );
  const stampedAt = lastStamp(report);
  if (report.indication !== 'TOTAL-PASSED' || stampedAt === undefined) return undefined;
  const isSame = isSameMoment(postmark.postmarkedAt, stampedAt);
  bundle.add('postmark_time', isSame ? null : 'stated_time_differs', stampedAt.toString());
  return { ...postmark, stampedAt };
};
