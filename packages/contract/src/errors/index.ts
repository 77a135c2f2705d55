import type { Language } from '../language.ts';
import type { ErrorCode } from './codes.ts';
import { errorTextsEn } from './texts.en.ts';
import { errorTextsKy } from './texts.ky.ts';
import { errorTextsRu } from './texts.ru.ts';

export * from './codes.ts';

const TEXTS = { ru: errorTextsRu, ky: errorTextsKy, en: errorTextsEn };

/** The words of a refusal in the reader's language, its data filled in. */
export const errorText = (
  code: ErrorCode,
  language: Language,
  data: Record<string, unknown> = {},
): { title: string; detail: string } => {
  const { title, detail } = TEXTS[language][code];
  return {
    title,
    detail: detail.replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in data ? String(data[name]) : whole,
    ),
  };
};
