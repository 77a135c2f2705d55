import { Button, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { bishkekToday } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { innAdvice, isWorthSaying, withoutSpaces } from './inn-advice.ts';
import { loginWords } from './words.ts';

type Props = { inn: string; onType: (inn: string) => void; onNext: () => void };

/** Step 1: which company. */
export const InnStep = ({ inn, onType, onNext }: Props): ReactNode => {
  const say = useWords(loginWords);
  const field = useRef<HTMLInputElement>(null);
  // The page is made for this one field.
  useEffect(() => field.current?.focus(), []);
  const [asked, setAsked] = useState(false);
  const advice = innAdvice(inn, bishkekToday());
  const text =
    isWorthSaying(advice, inn, asked) && advice.word ? say(advice.word, { typed: inn.length }) : undefined;
  const next = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (advice.blocks) field.current?.focus();
    else onNext();
  };
  return (
    <form onSubmit={next} noValidate>
      <Stack>
        <TextInput
          ref={field}
          label={say('inn')}
          description={advice.blocks || !text ? say('innHint') : text}
          error={advice.blocks ? text : undefined}
          value={inn}
          onChange={({ currentTarget }) => onType(withoutSpaces(currentTarget.value))}
          inputMode="numeric"
          autoComplete="username"
          name="inn"
          size="md"
          maxLength={30}
        />
        <Button type="submit" size="md">
          {say('next')}
        </Button>
      </Stack>
    </form>
  );
};
