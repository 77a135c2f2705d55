import type { ReactNode } from 'react';
import { useSession } from '#app/session.ts';
import { formatMoment } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { balanceText } from './balance-text.ts';
import styles from './frame.module.css';
import { layoutWords } from './words.ts';

/** Who is here, for which company, with what balance, and until when the signature is valid. */
export const CompanyBlock = (): ReactNode => {
  const say = useWords(layoutWords);
  const { company, officer, balance, credential } = useSession();
  return (
    <div className={styles['company']}>
      <div>
        <strong>{company.name}</strong>
        <span>
          {officer.fullName} · {say(officer.role)}
        </span>
      </div>
      <div>
        <strong title={say('balance')}>{say('som', { amount: balanceText(balance) })}</strong>
        <span>{say('credential', { moment: formatMoment(credential.validTo) })}</span>
      </div>
    </div>
  );
};
