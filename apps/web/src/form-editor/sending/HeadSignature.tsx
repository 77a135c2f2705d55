import { endpoints, type FilingDetail } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useSession } from '#app/session.ts';
import { useWords } from '#i18n/words.ts';
import { onBehalfWords } from '#roles/on-behalf-words.ts';
import type { Sending } from './use-sending.ts';

/** Whether the head's signature will be made by delegation, or why not; nothing where nothing is delegated. */
export const HeadSignature = ({
  filing,
  sending: { stage },
}: {
  filing: Pick<FilingDetail, 'id'>;
  sending: Pick<Sending, 'stage'>;
}) => {
  const say = useWords(onBehalfWords);
  const { officer } = useSession();
  const version = 'version' in stage ? stage.version : undefined;
  const { data: onBehalf } = useQuery({
    queryKey: queryKeys.onBehalf(filing.id, version ?? 0),
    queryFn: ({ signal }) => api(endpoints.checkFiling, { params: { id: filing.id } }, signal),
    select: (checked) => checked.onBehalf,
    enabled: officer.role === 'accountant' && version !== undefined,
    staleTime: 0,
  });
  if (!onBehalf) return null;
  const { head, not } = onBehalf;
  return <strong>{not === null ? say('will', { name: head }) : say('willNot', { why: say(not) })}</strong>;
};
