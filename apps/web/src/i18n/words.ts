import type { Language } from '@sochi/contract';
import { useMemo } from 'react';
import { formatMessage, type MessageParams } from './message.ts';
import { useLanguage } from './language.tsx';

/** A catalogue: Russian is the base, the others have exactly its keys. */
export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** Says one of the words, its `{params}` filled in. */
export type Say<Key extends string> = (key: Key, params?: MessageParams) => string;

/** Declares a catalogue of ICU messages; a key that is missing in Kyrgyz or English, or one too many, does not compile. */
export const defineWords = <const Ru extends Record<string, string>>(words: {
  ru: Ru;
  ky: { [Key in keyof NoInfer<Ru>]: string };
  en: { [Key in keyof NoInfer<Ru>]: string };
}): Words<keyof Ru & string> => words;

/** The words of a catalogue in a given language. */
export const sayIn =
  <Key extends string>(words: Words<Key>, language: Language): Say<Key> =>
  (key, params) =>
    formatMessage(words[language][key], language, params);

/** The words of a catalogue in the present language. */
export const useWords = <Key extends string>(words: Words<Key>): Say<Key> => {
  const { language } = useLanguage();
  return useMemo(() => sayIn(words, language), [words, language]);
};
