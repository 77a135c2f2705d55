import { LANGUAGES, preferredLanguage, type Language } from '@sochi/contract';

const KEY = 'sochi.language';

/** The language of the screens: remembered by the browser, told to `<html lang>`, heard by whoever subscribes. */
export interface LanguageStore {
  readonly get: () => Language;
  readonly set: (language: Language) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const remembered = (): Language | undefined => {
  // Storage is refused in some privacy settings; the language is then that of the browser.
  try {
    return LANGUAGES.find((language) => language === localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
};

const remember = (language: Language): void => {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Not remembered: the choice lives as long as the page.
  }
};

const firstLanguage = (): Language =>
  typeof document === 'undefined' ? 'ru' : (remembered() ?? preferredLanguage(navigator.languages.join(',')));

const createLanguageStore = (): LanguageStore => {
  const listeners = new Set<() => void>();
  let current = firstLanguage();
  const tellPage = (): void => {
    if (typeof document !== 'undefined') document.documentElement.lang = current;
  };
  tellPage();
  return {
    get: () => current,
    set: (language) => {
      current = language;
      remember(language);
      tellPage();
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export const languageStore = createLanguageStore();
