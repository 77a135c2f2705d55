import { Button, Stack, TextInput } from '@mantine/core';
import { endpoints, type Session } from '@sochi/contract';
import type { OfficerRole } from '@sochi/kernel';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { plainApi } from '#app/api.ts';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import { problemText } from '#states/problem-text.ts';
import { pinProblem, PIN_LENGTH } from './pin.ts';
import { loginWords } from './words.ts';

type Props = {
  inn: string;
  role: OfficerRole; /** It is all that there is to do: the dialogue that holds it gives it the keyboard. */
  holdsFocus?: boolean;
  onDone: (session: Session) => void;
};

/** The PIN of an officer: sent by itself at the sixth digit, or by Enter; emptied after a refusal. */
export const PinForm = ({ inn, role, holdsFocus = false, onDone }: Props): ReactNode => {
  const say = useWords(loginWords);
  const { language } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const login = useMutation({
    mutationFn: (typed: string) => plainApi(endpoints.loginCloud, { body: { inn, role, pin: typed } }),
    onSuccess: onDone,
    onError: () => setPin(''),
  });
  // A disabled field cannot hold the focus, so it comes back here once the field is free again.
  useEffect(() => {
    if (login.isError) field.current?.focus();
  }, [login.isError, login.failureReason]);

  const problem = pinProblem(pin, asked);
  const refusal = login.isError && pin === '' ? problemText(login.error, language) : undefined;
  const error = problem ? say(problem) : refusal && `${refusal.title}. ${refusal.detail}`;
  const send = (typed: string): void => {
    setAsked(false);
    if (!login.isPending) login.mutate(typed);
  };
  const type = (typed: string): void => {
    setPin(typed);
    if (typed.length === PIN_LENGTH && !pinProblem(typed, true)) send(typed);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!pinProblem(pin, true)) return send(pin);
    setAsked(true);
    field.current?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          ref={field}
          type="password"
          label={say('pin')}
          description={say('pinHint')}
          error={error}
          errorProps={{ role: 'alert' }}
          value={pin}
          onChange={({ currentTarget }) => type(currentTarget.value.trim())}
          inputMode="numeric"
          autoComplete="one-time-code"
          name="pin"
          size="md"
          maxLength={PIN_LENGTH}
          readOnly={login.isPending}
          data-autofocus={holdsFocus}
          styles={{ input: { letterSpacing: '0.35em' } }}
        />
        <Button type="submit" size="md" loading={login.isPending}>
          {say('enter')}
        </Button>
      </Stack>
    </form>
  );
};
