import { Text } from '@mantine/core';
import type { FormStatus } from '@sochi/contract';
import type { ReactNode } from 'react';
import { formatDay } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { reportingWords } from './words.ts';

const SOON_DAYS = 5;

/** The last day and how far it is, in words. */
export const DueText = ({ dueDate, daysLeft }: Pick<FormStatus, 'dueDate' | 'daysLeft'>): ReactNode => {
  const say = useWords(reportingWords);
  const left = daysLeft >= 0 ? say('left', { days: daysLeft }) : say('late', { days: -daysLeft });
  return (
    <Text>
      {say('due', { day: formatDay(dueDate) })},{' '}
      <Text span fw={600} {...(daysLeft <= SOON_DAYS ? { c: '#a3350b' } : {})}>
        {left}
      </Text>
    </Text>
  );
};
