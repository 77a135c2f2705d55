import type { Filing } from '@sochi/contract';
import type { ReactNode } from 'react';
import { useAgencyName } from '#agencies/use-agency-name.ts';
import { useFormName } from '#agencies/use-form-name.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { CheckStatus, DeliveryStatus } from './Status.tsx';
import styles from './filing.module.css';
import { statusWords } from './status-words.ts';
import { filingWords } from './words.ts';

const Fact = ({ name, children }: { name: string; children: ReactNode }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What the filing is and where it stands. */
export const Facts = ({ filing }: { filing: Filing }): ReactNode => {
  const say = useWords(filingWords);
  const sayStatus = useWords(statusWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  const agencyName = useAgencyName();
  return (
    <dl className={styles['facts']}>
      <Fact name={sayStatus('deliveryStatus')}>
        <DeliveryStatus delivery={filing.delivery} />
      </Fact>
      <Fact name={sayStatus('checkStatus')}>
        <CheckStatus check={filing.check} long />
      </Fact>
      <Fact name={say('form')}>{formName(filing.formId)}</Fact>
      <Fact name={say('period')}>{periodName(filing.period)}</Fact>
      <Fact name={say('kind')}>{say(`kind.${filing.kind}`)}</Fact>
      <Fact name={say('agency')}>{agencyName(filing.agency).long}</Fact>
      {filing.delivery !== 'draft' && (
        <Fact name={say('agencyNumber')}>{filing.agencyNumber ?? say('agencyNumberNone')}</Fact>
      )}
      {filing.reportSha256 !== null && (
        <Fact name={say('hash')}>
          <code className={styles['hash']}>{filing.reportSha256}</code>
        </Fact>
      )}
    </dl>
  );
};
