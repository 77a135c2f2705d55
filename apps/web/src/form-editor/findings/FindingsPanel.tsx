import type { Finding } from '@sochi/forms-engine';
import { memo, useSyncExternalStore, type RefObject } from 'react';
import { useWords } from '#i18n/words.ts';
import { placeKey } from '../draft/place.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { bySeverity, countFindings } from '../moving/next-finding.ts';
import { editorWords } from '../words.ts';
import { Counts } from './Counts.tsx';
import { findingText } from './finding-text.ts';
import { PlaceLabel } from './PlaceLabel.tsx';
import { SeverityIcon } from './SeverityIcon.tsx';

const SHOWN = 60;

type Jump = (stop: string) => void;

const FindingButton = ({ finding, onJump }: { finding: Finding; onJump: Jump }) => {
  const editor = useEditor();
  return (
    <button type="button" className={classes.finding} onClick={() => onJump(placeKey(finding.at))}>
      <SeverityIcon severity={finding.severity} />
      <span>
        <PlaceLabel place={finding.at} /> {findingText(finding, editor.labels, editor.language)}
      </span>
    </button>
  );
};

type Props = { readonly summary: RefObject<HTMLHeadingElement | null>; readonly onJump: Jump };

/** Everything the checks found, errors first; each finding leads to its cell. */
export const FindingsPanel = memo(({ summary, onJump }: Props) => {
  const say = useWords(editorWords);
  const { draft } = useEditor();
  const findings = useSyncExternalStore(draft.subscribe, draft.findings);
  const counts = countFindings(findings);
  const verdict = counts.E > 0 ? 'findings.errors' : counts.W > 0 ? 'findings.warnings' : 'findings.none';
  const listed = bySeverity(findings);
  return (
    <aside className={classes.findings} aria-labelledby="findings-title">
      <h2 id="findings-title" ref={summary} tabIndex={-1} aria-describedby="findings-verdict">
        {say('findings')}
      </h2>
      <Counts counts={counts} />
      <p id="findings-verdict" className={classes.verdict}>
        {say(verdict)}
      </p>
      <ul>
        {listed.slice(0, SHOWN).map((finding) => (
          <li key={`${placeKey(finding.at)} ${finding.rule} ${finding.code}`}>
            <FindingButton finding={finding} onJump={onJump} />
          </li>
        ))}
      </ul>
      {listed.length > SHOWN && <p>{say('findings.more', { count: listed.length - SHOWN })}</p>}
    </aside>
  );
});
FindingsPanel.displayName = 'FindingsPanel';
