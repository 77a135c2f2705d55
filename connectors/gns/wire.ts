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

export const SubmitReply = z.discriminatedUnion('status', [Receipt, Refusal]);

export const DecisionsReply = z.object({
  cursor: z.string().max(200),
  decisions: z
    .array(z.object({ filingNumber: z.string().max(100), decision: Bytes, signature: Bytes }))
    .max(1_000),
});
