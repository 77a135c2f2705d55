// Control characters, DEL, the C1 range, non-characters, and surrogates without their partner.
const FORBIDDEN = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Whether a text has only characters that may stand in one line of XML 1.0 and in the database. */
export const isPlainText = (text: string): boolean => !FORBIDDEN.test(text);
