import type { DelegationTerms, DelegationView } from '@sochi/contract';
import type { ReactNode } from 'react';
import { formatDay, formatMinute, formatSom } from '#i18n/formats.ts';
import { useLanguage } from '#i18n/language.tsx';
import { useWords, type Say } from '#i18n/words.ts';
import { delegatedForms } from './delegated-forms.ts';
import styles from './roles.module.css';
import { rolesWords } from './words.ts';

const Fact = ({ name, children }: { name: string; children: ReactNode }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const periodsText = (
  { periodFrom, periodTo }: DelegationTerms,
  say: Say<keyof typeof rolesWords.ru>,
): string => {
  if (periodFrom !== null && periodTo !== null)
    return say('periodsBetween', { from: formatDay(periodFrom), to: formatDay(periodTo) });
  if (periodFrom !== null) return say('periodsFrom', { from: formatDay(periodFrom) });
  return periodTo === null ? say('anyPeriods') : say('periodsTo', { to: formatDay(periodTo) });
};

/** Since when, until when, within which bounds, and how often it was used. */
export const TermsFacts = ({ current }: { current: NonNullable<DelegationView['current']> }): ReactNode => {
  const say = useWords(rolesWords);
  const { language } = useLanguage();
  const { terms, grantedAt, uses } = current;
  const nameOf = (form: string): string => {
    const listing = delegatedForms().find((one) => one.form === form)?.listing;
    return listing ? `${listing.short[language]}, ${listing.code}` : form;
  };
  return (
    <dl className={styles['facts']}>
      <Fact name={say('since')}>{formatMinute(grantedAt)}</Fact>
      <Fact name={say('until')}>{formatMinute(terms.expiresAt)}</Fact>
      <Fact name={say('used')}>{say('usedTimes', { count: uses })}</Fact>
      <Fact name={say('forms')}>
        {terms.forms === 'all' ? say('allForms') : terms.forms.map(nameOf).join('; ')}
      </Fact>
      <Fact name={say('periods')}>{periodsText(terms, say)}</Fact>
      <Fact name={say('ceiling')}>
        {terms.taxCeiling === null ? say('noCeiling') : say('som', { amount: formatSom(terms.taxCeiling) })}
      </Fact>
    </dl>
  );
};
