import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import type { DelegationTerms } from '@sochi/contract';
import IconSignature from '@tabler/icons-react/dist/esm/icons/IconSignature.mjs';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { bishkekDayOf, formatDay } from '#i18n/formats.ts';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import { pinProblem, PIN_LENGTH } from '#login/pin.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { problemText } from '#states/problem-text.ts';
import { delegatedForms } from './delegated-forms.ts';
import styles from './roles.module.css';
import { readTypedTerms, typedTerms, type TypedProblems, type TypedTerms } from './typed-terms.ts';
import { isPinRefused, refusedTerms, useGrant } from './use-grant.ts';
import { rolesWords } from './words.ts';

type Props = {
  terms: DelegationTerms | undefined;
  latestEnd: string;
  /** What was pressed to come here is gone: the first field takes the keyboard. */
  holdsFocus: boolean;
  onDone: () => void;
  onCancel: () => void;
};
type FieldsProps = {
  typed: TypedTerms;
  problems: TypedProblems;
  latestEnd: string;
  onType: (change: Partial<TypedTerms>) => void;
};

const Forms = ({ typed, problems, onType }: FieldsProps): ReactNode => {
  const say = useWords(rolesWords);
  const { language } = useLanguage();
  const choose = (form: string, isChosen: boolean): void =>
    onType({ forms: isChosen ? [...typed.forms, form] : typed.forms.filter((one) => one !== form) });
  return (
    <fieldset className={styles['group']}>
      <legend>{say('formsLegend')}</legend>
      <Radio
        name="forms"
        label={say('formsAll')}
        checked={typed.allForms}
        onChange={() => onType({ allForms: true })}
      />
      <Radio
        name="forms"
        label={say('formsChosen')}
        checked={!typed.allForms}
        onChange={() => onType({ allForms: false })}
        error={problems.forms && say(`problem.${problems.forms}`)}
      />
      {!typed.allForms && (
        <Stack gap="xs" pl="xl">
          {delegatedForms().map(({ form, listing }) => (
            <Checkbox
              key={form}
              label={`${listing.short[language]}, ${listing.code}`}
              checked={typed.forms.includes(form)}
              onChange={({ currentTarget }) => choose(form, currentTarget.checked)}
            />
          ))}
        </Stack>
      )}
    </fieldset>
  );
};

type DayProps = {
  label: string;
  description?: string;
  error: string | undefined;
  value: string;
  onType: (typed: string) => void;
};

/** A calendar day, typed as on every other page; what a browser offers for days speaks the browser's language. */
const DayInput = ({ onType, ...field }: DayProps): ReactNode => (
  <TextInput
    {...field}
    inputMode="numeric"
    placeholder="31.12.2026"
    maxLength={10}
    autoComplete="off"
    onChange={({ currentTarget }) => onType(currentTarget.value)}
  />
);

const Bounds = ({ typed, problems, latestEnd, onType }: FieldsProps): ReactNode => {
  const say = useWords(rolesWords);
  const latestDay = bishkekDayOf(new Date(latestEnd));
  const problemOf = (field: keyof TypedProblems): string | undefined => {
    const problem = problems[field];
    return problem && say(`problem.${problem}`);
  };
  return (
    <div className={styles['bounds']}>
      <DayInput
        label={say('expires')}
        description={say('expiresHint', { day: formatDay(latestDay) })}
        error={problemOf('expiresAt')}
        value={typed.expires}
        onType={(expires) => onType({ expires })}
      />
      <TextInput
        label={say('ceilingLabel')}
        description={say('ceilingHint')}
        error={problemOf('taxCeiling')}
        value={typed.ceiling}
        inputMode="decimal"
        maxLength={20}
        autoComplete="off"
        onChange={({ currentTarget }) => onType({ ceiling: currentTarget.value })}
      />
    </div>
  );
};

const Periods = ({ typed, problems, onType }: FieldsProps): ReactNode => {
  const say = useWords(rolesWords);
  return (
    <fieldset className={styles['group']}>
      <legend>{say('periodsLegend')}</legend>
      <p className={styles['hint']}>{say('periodsHint')}</p>
      <div className={styles['bounds']}>
        <DayInput
          label={say('periodFrom')}
          error={problems.periodFrom && say(`problem.${problems.periodFrom}`)}
          value={typed.periodFrom}
          onType={(periodFrom) => onType({ periodFrom })}
        />
        <DayInput
          label={say('periodTo')}
          error={problems.periodTo && say(`problem.${problems.periodTo}`)}
          value={typed.periodTo}
          onType={(periodTo) => onType({ periodTo })}
        />
      </div>
    </fieldset>
  );
};

/** The bounds of a delegation and the PIN that signs them. */
export const GrantForm = ({ terms, latestEnd, holdsFocus, onDone, onCancel }: Props): ReactNode => {
  const say = useWords(rolesWords);
  const { language } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(() => typedTerms(terms, new Date(), latestEnd));
  const [problems, setProblems] = useState<TypedProblems>({});
  const [pin, setPin] = useState('');
  const [isPinAsked, setPinAsked] = useState(false);
  const grant = useGrant(onDone);
  const isBadPin = pinProblem(pin, isPinAsked) !== undefined;
  const refusal = isPinRefused(grant.error) && pin === '' ? problemText(grant.error, language) : undefined;
  const wrong = { ...refusedTerms(grant.error), ...problems };
  useEffect(() => {
    if (holdsFocus) form.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [holdsFocus]);
  useEffect(() => {
    // The first field that was found wrong, by whomever, takes the keyboard.
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems, grant.error]);

  const type = (change: Partial<TypedTerms>): void => {
    setTyped({ ...typed, ...change });
    setProblems({});
    if (refusedTerms(grant.error)) grant.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readTypedTerms(typed, latestEnd);
    const isPinBad = pinProblem(pin, true) !== undefined;
    setProblems(read.ok ? {} : read.problems);
    setPinAsked(isPinBad);
    if (!read.ok || isPinBad || grant.isPending) return;
    grant.mutate({ terms: read.terms, pin }, { onError: () => setPin('') });
  };
  const fields = { typed, problems: wrong, latestEnd, onType: type };
  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={say('bounds')}>
      <Stack>
        <Forms {...fields} />
        <Bounds {...fields} />
        <Periods {...fields} />
        <TextInput
          type="password"
          label={say('pin')}
          description={say('pinHint')}
          error={isBadPin ? say('problem.pin') : refusal && `${refusal.title}. ${refusal.detail}`}
          errorProps={{ role: 'alert' }}
          value={pin}
          onChange={({ currentTarget }) => setPin(currentTarget.value.trim())}
          inputMode="numeric"
          autoComplete="one-time-code"
          name="pin"
          maxLength={PIN_LENGTH}
          maw="16rem"
          styles={{ input: { letterSpacing: '0.35em' } }}
        />
        {grant.error && !isPinRefused(grant.error) && !refusedTerms(grant.error) && (
          <ProblemAlert error={grant.error} focus />
        )}
        <Group>
          <Button
            type="submit"
            loading={grant.isPending}
            leftSection={<IconSignature size={18} aria-hidden />}
          >
            {say('grant')}
          </Button>
          <Button variant="default" onClick={onCancel} disabled={grant.isPending}>
            {say('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
