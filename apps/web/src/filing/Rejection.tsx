import { Alert, Text } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import IconAlertCircle from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { filingWords } from './words.ts';

/** Why the agency rejected it, and what to do now. */
export const Rejection = ({ rejection }: { rejection: NonNullable<Filing['rejection']> }): ReactNode => {
  const say = useWords(filingWords);
  return (
    <Alert color="red" title={say('rejected')} icon={<IconAlertCircle aria-hidden />} role="alert">
      <Text>{rejection.text}</Text>
      {rejection.codes.length > 0 && (
        <Text>{say('rejectedCodes', { codes: rejection.codes.join(', ') })}</Text>
      )}
      <Text mt="xs">{say('rejectedNext')}</Text>
      <LinkButton to="/reporting" mt="sm" variant="default" size="xs">
        {say('toReporting')}
      </LinkButton>
    </Alert>
  );
};
