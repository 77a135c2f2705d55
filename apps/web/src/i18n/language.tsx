import type { Language } from '@sochi/contract';
import { useSyncExternalStore } from 'react';
import { languageStore } from './language-store.ts';

/** The present language and the way to change it; the component renders again when it changes. */
export const useLanguage = (): { language: Language; setLanguage: (language: Language) => void } => ({
  language: useSyncExternalStore(languageStore.subscribe, languageStore.get),
  setLanguage: languageStore.set,
});
