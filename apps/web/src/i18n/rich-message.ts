import type { Language } from '@sochi/contract';
import { IntlMessageFormat } from 'intl-messageformat';
import { teachRichMessages } from './message.ts';

/**
 * Plurals and choices, by intl-messageformat. Importing this file makes them known; whatever is behind the login does. The
 * login page says only simple messages and opens without that library.
 */
const compiled = new Map<string, IntlMessageFormat>();

const compile = (message: string, language: Language): IntlMessageFormat => {
  const key = `${language}:${message}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  compiled.set(key, made);
  return made;
};

teachRichMessages((message, language, params) => String(compile(message, language).format({ ...params })));
