import { Alert } from '@mantine/core';
import IconSignature from '@tabler/icons-react/dist/esm/icons/IconSignature.mjs';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useSession } from '#app/session.ts';
import { useWords } from '#i18n/words.ts';
import { forgetSigning, useSignedForYou } from './signed-for-you.ts';
import styles from './roles.module.css';
import { rolesWords } from './words.ts';

/** Tells the head, on whatever page, that a report was just signed on the head's behalf; until it is opened or closed. */
export const SignedForYou = (): ReactNode => {
  const say = useWords(rolesWords);
  const { officer } = useSession();
  const signed = useSignedForYou();
  const isOpen = useLocation({
    select: ({ pathname }) => signed !== undefined && pathname.includes(signed.id),
  });
  useEffect(() => {
    if (isOpen) forgetSigning();
  }, [isOpen]);
  if (officer.role !== 'head' || !signed) return null;
  return (
    <Alert
      role="status"
      className={styles['news'] ?? ''}
      color="petrol"
      icon={<IconSignature aria-hidden />}
      withCloseButton
      closeButtonLabel={say('noticeClose')}
      onClose={forgetSigning}
    >
      {say('notice', { name: signed.delegate })}{' '}
      <Link to="/filings/$id" params={{ id: signed.id }}>
        {say('noticeShow')}
      </Link>
    </Alert>
  );
};
