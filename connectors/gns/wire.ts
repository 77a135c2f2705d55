import { z } from 'zod';

/** Bytes as they travel inside JSON. */
const Bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

/** The agency took the report (now or earlier) and signed for it. */
export const Receipt = z.object({
  status: z.literal('received'),
  agencyNumber: z.string().min(1).max(100),
  receipt: Bytes,
  signature: Bytes,
});

/** The agency will not take the report; codes of its rules. */
export const Refusal = z.object({
  status: z.literal('refused'),
  reasons: z.array(z.string().max(500)).min(1).max(100),
});

/** To a question by number: the agency never had it. */
export const Absent = z.object({ status: z.literal('absent') });

/** To a question by number: to which bytes the agency answered. */
export const AnsweredTo = z.object({ reportSha256: z.string(), signatureSha256: z.string() });

/**
 * A decision is evidence whatever it looks like: one that is not even base64 is handed on as it came, so that a person looks at
 * it, instead of holding up all that follow.
 */
const BytesOrText = z
  .string()
  .transform((text) => Bytes.safeParse(text).data ?? new TextEncoder().encode(text));

export const DecisionsReply = z.object({
  cursor: z.string().max(200),
  decisions: z
    .array(z.object({ filingNumber: z.string().max(100), decision: BytesOrText, signature: BytesOrText }))
    .max(1_000),
});
export type DecisionsReply = z.output<typeof DecisionsReply>;
