import { Button, CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { editorWords } from '../words.ts';
import type { Notice } from './notices.ts';

/** Long enough to read it and to press «undo». */
const SHOWN_MS = 12_000;

type Props = { readonly notice: Notice | undefined; readonly onClose: () => void };

/** The latest notice; read out when it changes. */
export const NoticeLine = ({ notice, onClose }: Props) => {
  const say = useWords(editorWords);
  useEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, onClose]);
  return (
    <div role="status" className={classes.noticeLine}>
      {notice && (
        <>
          <span>{notice.text}</span>
          {notice.undo && (
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                notice.undo?.();
                onClose();
              }}
            >
              {say('undo')}
            </Button>
          )}
          <CloseButton
            size="sm"
            variant="transparent"
            c="gray.2"
            aria-label={say('close')}
            onClick={onClose}
          />
        </>
      )}
    </div>
  );
};
