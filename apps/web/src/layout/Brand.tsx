import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { layoutWords } from './words.ts';

/** The mark and the name of the portal. */
export const Brand = (): ReactNode => {
  const say = useWords(layoutWords);
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10 }}>
      <img src="/favicon.svg" alt="" width={30} height={30} />
      <strong style={{ fontSize: '1.25rem', letterSpacing: '0.01em', color: 'var(--accent)' }}>
        {say('brand')}
      </strong>
    </span>
  );
};
