import { Button } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useSyncExternalStore } from 'react';
import { useWords } from '#i18n/words.ts';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { Counts } from './findings/Counts.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { countFindings } from './moving/next-finding.ts';
import { SaveStatus } from './saving/SaveStatus.tsx';
import type { Saver } from './saving/saver.ts';
import { editorWords } from './words.ts';

type Props = {
  readonly saver: Saver;
  readonly isPreparing: boolean;
  readonly onSummary: () => void;
  readonly onCheck: () => void;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
};

const FindingsButton = ({ onSummary }: Pick<Props, 'onSummary'>) => {
  const say = useWords(editorWords);
  const { draft } = useEditor();
  const findings = useSyncExternalStore(draft.subscribe, draft.findings);
  return (
    <button type="button" className={classes.countsButton} onClick={onSummary} title={say('findings')}>
      <Counts counts={countFindings(findings)} />
    </button>
  );
};

/** How the draft stands and what can be done with it; always on the screen. */
export const ActionBar = ({ saver, isPreparing, onSummary, onCheck, onSend, onDiscard }: Props) => {
  const say = useWords(editorWords);
  return (
    <div className={classes.bar}>
      <FindingsButton onSummary={onSummary} />
      <SaveStatus saver={saver} />
      <span className={classes.barSpace} />
      <KeysHelp />
      <Button
        className={classes.discard}
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={18} aria-hidden />}
        aria-label={say('discard')}
        onClick={onDiscard}
      >
        <span className={classes.discardText}>{say('discard')}</span>
      </Button>
      <Button variant="default" onClick={onCheck}>
        {say('check')}
      </Button>
      <Button onClick={onSend} loading={isPreparing}>
        {say('send')}
      </Button>
    </div>
  );
};
