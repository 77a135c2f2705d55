import { Text, Title } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconClockHour4 from '@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs';
import type { ReactNode } from 'react';
import { formatMoment } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { onBehalfWords } from '#roles/on-behalf-words.ts';
import styles from './filing.module.css';
import { filingWords } from './words.ts';

const AWAITED: Partial<Record<Filing['delivery'], OfficerRole>> = {
  awaiting_head: 'head',
  awaiting_accountant: 'accountant',
};

/** Who has signed and when, and whose signature is missing. */
export const Signatures = ({
  filing,
}: {
  filing: Pick<Filing, 'signatures' | 'delivery' | 'notOnBehalf'>;
}): ReactNode => {
  const say = useWords(filingWords);
  const sayBehalf = useWords(onBehalfWords);
  const awaited = AWAITED[filing.delivery];
  return (
    <section>
      <Title order={2} mb="xs">
        {say('signatures')}
      </Title>
      {filing.signatures.length === 0 && <Text c="dimmed">{say('noSignatures')}</Text>}
      <ul className={styles['signatures']}>
        {filing.signatures.map(({ role, fullName, signedAt, delegate }) => (
          <li key={role}>
            <IconCircleCheck size={18} aria-hidden color="#17693a" />
            <span>
              {say(role)}: <strong>{fullName}</strong>,{' '}
              <time dateTime={signedAt}>{formatMoment(signedAt)}</time>
              {delegate !== null && (
                <Text c="dimmed" fz="sm">
                  {sayBehalf('by', { name: delegate })}
                </Text>
              )}
            </span>
          </li>
        ))}
        {awaited && (
          <li>
            <IconClockHour4 size={18} aria-hidden color="#8a4b00" />
            <span>
              {say('waitsFor', { role: say(awaited) })}
              {filing.notOnBehalf !== null && (
                <Text c="dimmed" fz="sm">
                  {sayBehalf('wasNot', { why: sayBehalf(filing.notOnBehalf) })}
                </Text>
              )}
            </span>
          </li>
        )}
      </ul>
    </section>
  );
};
