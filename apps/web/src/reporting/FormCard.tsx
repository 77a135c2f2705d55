import { Button, NativeSelect, Paper, Text, Title } from '@mantine/core';
import type { Filing, FormStatus } from '@sochi/contract';
import type { FormListing } from '@sochi/forms';
import type { TaxPeriod } from '@sochi/kernel';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { CheckStatus, DeliveryStatus } from '#filing/Status.tsx';
import { bishkekToday, formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { DueText } from './DueText.tsx';
import { filingOf } from './filings-of-period.ts';
import { formPeriods, isRunning } from './form-periods.ts';
import styles from './reporting.module.css';
import { useStartFiling } from './use-start-filing.ts';
import { reportingWords } from './words.ts';

type Props = {
  form: FormStatus;
  meta: FormListing;
  drafts: readonly Filing[];
  sent: readonly Filing[];
};

const AlreadySent = ({ filing }: { filing: Filing }): ReactNode => {
  const say = useWords(reportingWords);
  return (
    <p className={styles['sent']}>
      {say('sent')}:{' '}
      <Link to="/filings/$id" params={{ id: filing.id }}>
        № {filing.number}
      </Link>
      <DeliveryStatus delivery={filing.delivery} />
      {filing.check !== null && <CheckStatus check={filing.check} />}
    </p>
  );
};

const usePeriodChoice = ({
  form,
  meta,
}: Pick<Props, 'form' | 'meta'>): {
  period: TaxPeriod;
  choose: (from: string) => void;
  options: { value: string; label: string }[];
} => {
  const say = useWords(reportingWords);
  const periodName = usePeriodName();
  const today = bishkekToday();
  const periods = formPeriods(meta, today);
  const [from, choose] = useState(form.period.from);
  const label = (period: TaxPeriod): string => {
    const name = periodName(period);
    if (period.from === form.period.from) return say('dueNow', { period: name });
    return isRunning(period, today) ? say('running', { period: name }) : name;
  };
  return {
    period: periods.find((period) => period.from === from) ?? form.period,
    choose,
    options: periods.map((period) => ({ value: period.from, label: label(period) })),
  };
};

/** One form: when it was last sent, for which period to fill it in, until when, and the button that starts or goes on. */
export const FormCard = ({ form, meta, drafts, sent }: Props): ReactNode => {
  const say = useWords(reportingWords);
  const formName = useFormName();
  const { period, choose, options } = usePeriodChoice({ form, meta });
  const start = useStartFiling();
  const isDue = period.from === form.period.from;
  const draftId = filingOf(drafts, form.formId, period)?.id ?? (isDue ? form.draftId : null);
  const already = filingOf(sent, form.formId, period);
  return (
    <Paper component="article" withBorder p="md" aria-label={formName(form.formId)}>
      <div className={styles['card']}>
        <div>
          <Title order={3}>{formName(form.formId)}</Title>
          <Text c="dimmed" fz="sm">
            {meta.series} {meta.code}, {say('edition', { edition: meta.edition })}
          </Text>
          <Text mt="xs">
            {form.lastSubmittedAt === null
              ? say('never')
              : say('last', { moment: formatMinute(form.lastSubmittedAt) })}
          </Text>
          {isDue && <DueText dueDate={form.dueDate} daysLeft={form.daysLeft} />}
          {already && <AlreadySent filing={already} />}
        </div>
        <div className={styles['start']}>
          <NativeSelect
            label={say('period')}
            data={options}
            value={period.from}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
            size="sm"
          />
          {draftId === null ? (
            <Button
              loading={start.isPending}
              variant={already ? 'default' : 'filled'}
              onClick={() => start.mutate({ formId: form.formId, period })}
            >
              {say(already ? 'again' : 'fill')}
            </Button>
          ) : (
            <LinkButton to="/filings/$id/edit" params={{ id: draftId }}>
              {say('continue')}
            </LinkButton>
          )}
        </div>
      </div>
      {start.error && <ProblemAlert error={start.error} focus />}
    </Paper>
  );
};
