/** Who signs certificates: the root signs the issuing authority, which signs everybody else. */
export const AUTHORITIES = ['root', 'issuing'] as const;
export type Authority = (typeof AUTHORITIES)[number];
