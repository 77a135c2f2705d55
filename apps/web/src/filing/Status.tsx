import type { Filing } from '@sochi/contract';
import IconAlertCircle from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconClockHour4 from '@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconSignature from '@tabler/icons-react/dist/esm/icons/IconSignature.mjs';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { statusWords } from './status-words.ts';
import styles from './status.module.css';

type Tone = 'plain' | 'todo' | 'moving' | 'good' | 'bad';

const DELIVERY_TONES: Record<Filing['delivery'], Tone> = {
  draft: 'plain',
  awaiting_head: 'todo',
  awaiting_accountant: 'todo',
  queued: 'moving',
  delivered: 'good',
};

const CHECK_TONES: Record<NonNullable<Filing['check']>, Tone> = {
  awaiting_check: 'moving',
  accepted: 'good',
  rejected: 'bad',
};

const ICONS = {
  plain: IconPencil,
  todo: IconSignature,
  moving: IconClockHour4,
  good: IconCircleCheck,
  bad: IconAlertCircle,
} as const;

const Status = ({ tone, text }: { tone: Tone; text: string }): ReactNode => {
  const Icon = ICONS[tone];
  return (
    <span className={styles['status']} data-tone={tone}>
      <Icon size={17} aria-hidden />
      <span>{text}</span>
    </span>
  );
};

/** How far a filing is on its way to the agency. */
export const DeliveryStatus = ({ delivery }: Pick<Filing, 'delivery'>): ReactNode => {
  const say = useWords(statusWords);
  return <Status tone={DELIVERY_TONES[delivery]} text={say(`delivery.${delivery}`)} />;
};

/** What the agency says of it; a dash until it is delivered. */
export const CheckStatus = ({
  check,
  long = false,
}: Pick<Filing, 'check'> & { long?: boolean }): ReactNode => {
  const say = useWords(statusWords);
  if (check === null) return <span>{say('check.none')}</span>;
  return <Status tone={CHECK_TONES[check]} text={say(`${long ? 'checkLong' : 'check'}.${check}`)} />;
};
