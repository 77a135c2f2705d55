import type { Severity } from '@sochi/forms-engine';
import IconAlertCircle from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconInfoCircle from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { editorWords } from '../words.ts';

const ICONS = { E: IconAlertCircle, W: IconAlertTriangle, I: IconInfoCircle };

/** The sign of a severity, by shape and word as well as by colour. */
export const SeverityIcon = ({ severity }: { severity: Severity }) => {
  const say = useWords(editorWords);
  const Icon = ICONS[severity];
  return (
    <span
      className={classes.severity}
      data-severity={severity}
      role="img"
      aria-label={say(`severity.${severity}`)}
    >
      <Icon size={16} stroke={2} aria-hidden />
    </span>
  );
};
