import { Alert, Button, Group, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import { problemText } from './problem-text.ts';
import { stateWords } from './words.ts';

type Props = {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** Takes the keyboard focus when it appears, so that it is read out. */
  focus?: boolean;
  children?: ReactNode;
};

/** What happened and what can be done about it, in the reader's words. */
export const ProblemAlert = ({ error, onRetry, focus = false, children }: Props): ReactNode => {
  const say = useWords(stateWords);
  const { language } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [error, focus]);
  const { title, detail, requestId } = problemText(error, language);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="red"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
    >
      <Text>{detail}</Text>
      {requestId !== undefined && (
        <Text c="dimmed" fz="sm" mt={4}>
          {say('requestId', { id: requestId })}
        </Text>
      )}
      {(onRetry ?? children) !== undefined && (
        <Group mt="sm">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {say('retry')}
            </Button>
          )}
          {children}
        </Group>
      )}
    </Alert>
  );
};
