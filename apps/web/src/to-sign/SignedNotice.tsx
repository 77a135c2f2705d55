import { Alert, Group, Text } from '@mantine/core';
import { endpoints } from '@sochi/contract';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { signingWords } from './words.ts';

/** Signed; and the next report that waits, if there is one. */
export const SignedNotice = ({ id }: { id: string }): ReactNode => {
  const say = useWords(signingWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, []);
  const { data } = useQuery({
    queryKey: [...queryKeys.filingList('to_sign'), 'next'],
    queryFn: ({ signal }) => api(endpoints.listFilings, { query: { list: 'to_sign', limit: 2 } }, signal),
  });
  const next = data?.filings.find((filing) => filing.id !== id);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="green"
      title={say('signedTitle')}
      icon={<IconCircleCheck aria-hidden />}
      role="status"
    >
      <Text>{say('signedDetail')}</Text>
      {data && !next && <Text>{say('noNext')}</Text>}
      <Group mt="sm">
        {next && (
          <LinkButton to="/filings/$id/review" params={{ id: next.id }}>
            {say('next', { form: formName(next.formId), period: periodName(next.period) })}
          </LinkButton>
        )}
        <LinkButton to="/filings/$id" params={{ id }} variant="default">
          {say('toFiling')}
        </LinkButton>
      </Group>
    </Alert>
  );
};
