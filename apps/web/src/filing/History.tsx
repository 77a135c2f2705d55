import { Text, Title } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import { OFFICER_ROLES } from '@sochi/kernel';
import type { ReactNode } from 'react';
import { useAgencyName } from '#agencies/use-agency-name.ts';
import { formatMoment } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { eventText } from './event-word.ts';
import styles from './filing.module.css';
import { statusWords } from './status-words.ts';
import { filingWords } from './words.ts';

type Event = FilingDetail['events'][number];

const OF_AGENCY = new Set(['deliver', 'accept', 'reject']);

const useActor = (agency: string): ((event: Event) => string) => {
  const say = useWords(filingWords);
  const agencyName = useAgencyName();
  return ({ by, event }) => {
    if (by === null) return OF_AGENCY.has(event) ? agencyName(agency).short : say('bySystem');
    const role = OFFICER_ROLES.find((one) => one === by.role);
    return role ? `${by.fullName}, ${say(role)}` : by.fullName;
  };
};

/** Everything that happened to a filing, newest last. */
export const History = ({ filing }: { filing: Pick<FilingDetail, 'events' | 'agency'> }): ReactNode => {
  const say = useWords(filingWords);
  const sayStatus = useWords(statusWords);
  const actor = useActor(filing.agency);
  return (
    <section>
      <Title order={2} mb="xs">
        {say('history')}
      </Title>
      <ol className={styles['history']}>
        {filing.events.map((event, index) => (
          <li key={index}>
            <time dateTime={event.at}>{formatMoment(event.at)}</time>
            <div>
              {eventText(event, say, sayStatus)}
              <Text c="dimmed" fz="sm">
                {actor(event)}
                {event.note !== null && ` · ${event.note}`}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
};
