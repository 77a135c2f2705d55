import { Button, Modal } from '@mantine/core';
import { endpoints } from '@sochi/contract';
import { useMutation } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { useWords } from '#i18n/words.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import classes from './editor.module.css';
import { editorWords } from './words.ts';

type Props = {
  readonly filingId: string;
  readonly period: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDiscarded: () => void;
};

/** Asks before a draft is thrown away. */
export const DiscardDialog = ({ filingId, period, opened, onClose, onDiscarded }: Props) => {
  const say = useWords(editorWords);
  const discard = useMutation({
    mutationFn: () => api(endpoints.discardDraft, { params: { id: filingId } }),
    onSuccess: onDiscarded,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('discard.title')}
      classNames={{ title: classes.dialogTitle ?? '' }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <p className={classes.dialogText}>{say('discard.text', { period })}</p>
      {discard.error && <ProblemAlert error={discard.error} />}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('cancel')}
        </Button>
        <Button color="red" loading={discard.isPending} onClick={() => discard.mutate()}>
          {say('discard.yes')}
        </Button>
      </div>
    </Modal>
  );
};
