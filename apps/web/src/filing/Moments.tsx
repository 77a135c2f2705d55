import { Title } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import type { ReactNode } from 'react';
import { formatMoment } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import styles from './filing.module.css';
import { filingWords } from './words.ts';

const MOMENTS = ['signedAt', 'postmarkedAt', 'handedOverAt', 'agencyReceivedAt', 'decidedAt'] as const;

/** The five moments that are never rewritten, in plain words, Bishkek time. */
export const Moments = ({ filing }: { filing: Pick<Filing, (typeof MOMENTS)[number]> }): ReactNode => {
  const say = useWords(filingWords);
  return (
    <section>
      <Title order={2} mb="xs">
        {say('moments')}
      </Title>
      <ol className={styles['moments']}>
        {MOMENTS.map((name) => {
          const moment = filing[name];
          return (
            <li key={name} data-done={moment !== null}>
              <span>{say(name)}</span>
              {moment === null ? (
                <span>{say('notYet')}</span>
              ) : (
                <time dateTime={moment}>{formatMoment(moment)}</time>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
};
