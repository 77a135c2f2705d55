import type { Severity } from '@sochi/forms-engine';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { editorWords } from '../words.ts';
import { SeverityIcon } from './SeverityIcon.tsx';

/** How many errors, warnings and hints there are; «no errors» where there is nothing. */
export const Counts = ({ counts }: { counts: Readonly<Record<Severity, number>> }) => {
  const say = useWords(editorWords);
  const present = (['E', 'W', 'I'] as const).filter((severity) => counts[severity] > 0);
  if (present.length === 0) return <span className={classes.allWell}>{say('count.none')}</span>;
  return (
    <span className={classes.counts}>
      {present.map((severity) => (
        <span key={severity} data-severity={severity}>
          <SeverityIcon severity={severity} /> {say(`count.${severity}`, { count: counts[severity] })}
        </span>
      ))}
    </span>
  );
};
