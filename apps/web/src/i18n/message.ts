import type { Language } from '@sochi/contract';
import { IntlMessageFormat } from 'intl-messageformat';

export type MessageParams = Readonly<Record<string, string | number>>;

const compiled = new Map<string, IntlMessageFormat>();

const compile = (message: string, language: Language): IntlMessageFormat => {
  const key = `${language}:${message}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  compiled.set(key, made);
  return made;
};

/** An ICU message as text; plurals follow the language. Throws when a parameter is missing. */
export const formatMessage = (message: string, language: Language, params: MessageParams = {}): string =>
  message.includes('{') ? String(compile(message, language).format({ ...params })) : message;
