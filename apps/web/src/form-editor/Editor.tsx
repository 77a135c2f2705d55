import type { FilingDetail } from '@sochi/contract';
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { ActionBar } from './ActionBar.tsx';
import { DiscardDialog } from './DiscardDialog.tsx';
import classes from './editor.module.css';
import { EditorContext, type EditorView } from './editor-context.ts';
import { EditorHeader } from './EditorHeader.tsx';
import { EditorNews } from './EditorNews.tsx';
import { FindingsPanel } from './findings/FindingsPanel.tsx';
import type { LoadedForm } from './loaded-form.ts';
import { useFormKeys, usePageKeys } from './moving/use-editor-keys.ts';
import { NoticeLine } from './notices/NoticeLine.tsx';
import { NoticeContext, type Notice } from './notices/notices.ts';
import { ConflictDialog } from './saving/ConflictDialog.tsx';
import { FormSections } from './sections/FormSections.tsx';
import { SendDialog } from './sending/SendDialog.tsx';
import { useEditing, type Editing } from './use-editing.ts';
import { useEditorActions } from './use-editor-actions.ts';
import { useOtherWindows } from './use-other-windows.ts';
import { editorWords } from './words.ts';

const Conflict = ({ editing }: { editing: Editing }) => {
  const { step, saved, answers } = useSyncExternalStore(editing.saver.subscribe, editing.saver.state);
  const theirs = step.step === 'conflict' ? step.theirs.answers : undefined;
  const three = useMemo(() => theirs && { base: saved, mine: answers, theirs }, [saved, answers, theirs]);
  return three ? <ConflictDialog three={three} onResolve={editing.resolve} /> : null;
};

/** The draft of a report being filled in, whatever its form. */
export const Editor = ({ filing, loaded }: { filing: FilingDetail; loaded: LoadedForm }) => {
  const { language } = useLanguage();
  const { form, compiled } = loaded;
  const editing = useEditing(filing, compiled);
  const { draft, saver } = editing;
  const say = useWords(editorWords);
  const [notice, notify] = useState<Notice | undefined>(() =>
    editing.wasRestored ? { text: say('restored') } : undefined,
  );
  const closeNotice = useCallback(() => notify(undefined), []);
  const summary = useRef<HTMLHeadingElement>(null);
  const period = usePeriodName()(filing.period);
  const view = useMemo<EditorView>(
    () => ({ draft, compiled, labels: form.labels[language], language }),
    [draft, compiled, form, language],
  );
  const others = useOtherWindows({ filing, editing, notify });
  const actions = useEditorActions({ filing, editing, compiled, notify, summary });
  const formKeys = useFormKeys({ draft, compiled, notify });
  usePageKeys({ save: actions.save, check: actions.check, nextError: actions.nextError });
  return (
    <EditorContext value={view}>
      <NoticeContext value={notify}>
        <EditorHeader filing={filing} />
        <EditorNews filing={filing} others={others} />
        <div className={classes.columns}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed in any field are heard here once */}
          <div
            className={classes.form}
            role="group"
            aria-label={view.labels['title']}
            onKeyDown={formKeys.onKeyDown}
            onPaste={formKeys.onPaste}
          >
            <FormSections />
          </div>
          <FindingsPanel summary={summary} onJump={actions.jump} />
        </div>
        <div className={classes.bottom}>
          <NoticeLine notice={notice} onClose={closeNotice} />
          <ActionBar
            saver={saver}
            isPreparing={actions.sending.stage.stage === 'preparing'}
            onSummary={actions.showSummary}
            onCheck={actions.check}
            onSend={() => void actions.sending.begin()}
            onDiscard={actions.askDiscard}
          />
        </div>
        <Conflict editing={editing} />
        <SendDialog sending={actions.sending} filing={filing} />
        <DiscardDialog
          filingId={filing.id}
          period={period}
          opened={actions.isDiscarding}
          onClose={actions.keepDraft}
          onDiscarded={actions.discarded}
        />
      </NoticeContext>
    </EditorContext>
  );
};
