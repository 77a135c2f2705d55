import { LANGUAGES } from '@sochi/contract';
import type { ReactNode } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import styles from './language-switch.module.css';
import { layoutWords } from './words.ts';

/** Each language named by itself, for whoever cannot read the present one. */
const NAMES = { ru: 'Русский', ky: 'Кыргызча', en: 'English' } as const;

/** RU | KY | EN. */
export const LanguageSwitch = (): ReactNode => {
  const say = useWords(layoutWords);
  const { language, setLanguage } = useLanguage();
  return (
    <div className={styles['switch']} role="group" aria-label={say('language')}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          title={NAMES[one]}
          aria-pressed={one === language}
          onClick={() => setLanguage(one)}
        >
          {one.toUpperCase()}
        </button>
      ))}
    </div>
  );
};
