import type { Language } from '@sochi/contract';

export type MessageParams = Readonly<Record<string, string | number>>;
type Formatter = (message: string, language: Language, params: MessageParams) => string;

/** What `{name}` stands for; anything longer between braces is a plural or a choice. */
const SIMPLE = /\{(\w+)\}/g;

let formatRich: Formatter = (message) => {
  throw new Error(`plurals and choices are not loaded yet: ${message}`);
};

/** Teaches plurals and choices; see `rich-message.ts`. */
export const teachRichMessages = (formatter: Formatter): void => {
  formatRich = formatter;
};

const simple = (message: string, params: MessageParams): string =>
  message.replace(SIMPLE, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`no {${name}} for: ${message}`);
    return String(value);
  });

/** Whether filling in names is all that a message needs. */
export const isSimple = (message: string): boolean => !/[{}]/.test(message.replace(SIMPLE, ''));

/** An ICU message as text; plurals follow the language. Throws when a parameter is missing. */
export const formatMessage = (message: string, language: Language, params: MessageParams = {}): string =>
  isSimple(message) ? simple(message, params) : formatRich(message, language, params);
