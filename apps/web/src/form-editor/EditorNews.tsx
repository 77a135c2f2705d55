import { Alert } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import { Link } from '@tanstack/react-router';
import { useWords } from '#i18n/words.ts';
import classes from './editor.module.css';
import { editorWords } from './words.ts';

type Props = { readonly filing: FilingDetail; readonly others: boolean };

/** What one has to know before typing on: other windows, a draft that is none any more. */
export const EditorNews = ({ filing, others }: Props) => {
  const say = useWords(editorWords);
  const isGone = !filing.actions.includes('edit');
  if (!isGone && !others) return null;
  return (
    <div className={classes.news}>
      {isGone && (
        <Alert role="alert" color="red">
          {say('no.draft')}{' '}
          <Link to="/filings/$id" params={{ id: filing.id }}>
            {say('no.draft.open')}
          </Link>
        </Alert>
      )}
      {others && (
        <Alert role="status" color="orange">
          {say('other.window')}
        </Alert>
      )}
    </div>
  );
};
