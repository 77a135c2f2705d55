import { Alert } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useLocation } from '@tanstack/react-router';
import { useWords } from '#i18n/words.ts';
import { sentWords } from './sent-words.ts';

declare module '@tanstack/history' {
  interface HistoryState {
    /** The editor has just sent this filing and it came to stand here. */
    sent?: Filing['delivery'];
  }
}

/** Tells, on the page of a filing to which its sending led, that it worked; silent once the filing has moved on. */
export const SentNotice = ({ filing }: { filing: Pick<Filing, 'delivery'> }) => {
  const say = useWords(sentWords);
  const sent = useLocation({ select: ({ state }) => state.sent });
  if (sent === undefined || sent !== filing.delivery) return null;
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
      {say(sent)}
    </Alert>
  );
};
