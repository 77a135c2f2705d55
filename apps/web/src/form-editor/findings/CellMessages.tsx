import { memo } from 'react';
import classes from '../editor.module.css';
import { useCell, useEditor } from '../editor-context.ts';
import { findingText } from './finding-text.ts';
import { messageId } from './message-id.ts';
import { SeverityIcon } from './SeverityIcon.tsx';

/** What was found at a place, in words; nothing where all is well. */
export const CellMessages = memo(({ stop, code }: { stop: string; code?: string }) => {
  const { labels, language } = useEditor();
  const { findings } = useCell(stop);
  if (findings.length === 0) return null;
  return (
    <div id={messageId(stop)} className={classes.messages}>
      {findings.map((finding) => (
        <p
          key={`${finding.rule}.${finding.code}`}
          className={classes.message}
          data-severity={finding.severity}
        >
          <SeverityIcon severity={finding.severity} />
          {code !== undefined && <span className={classes.code}>{code}</span>}
          <span>{findingText(finding, labels, language)}</span>
        </p>
      ))}
    </div>
  );
});
CellMessages.displayName = 'CellMessages';
