import { Title } from '@mantine/core';
import { endpoints, type FilingDetail } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { formatDay } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { usePageTitle } from '#states/use-page-title.ts';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { editorWords } from './words.ts';

/** The last day of this filing's period, when it is the one to be filed now. */
const useDueDate = ({ formId, period }: FilingDetail): string | undefined => {
  const { data } = useQuery({
    queryKey: queryKeys.forms,
    queryFn: ({ signal }) => api(endpoints.listForms, {}, signal),
  });
  return data?.forms.find((form) => form.formId === formId && form.period.from === period.from)?.dueDate;
};

/** Which report this is, for when and until when. */
export const EditorHeader = ({ filing }: { filing: FilingDetail }) => {
  const say = useWords(editorWords);
  const { labels, compiled } = useEditor();
  const period = usePeriodName()(filing.period);
  const due = useDueDate(filing);
  const title = labels['title'] ?? compiled.definition.meta.code;
  usePageTitle(`${title}, ${period}`);
  return (
    <header className={classes.header}>
      <div>
        <Title order={1}>
          {title} <span className={classes.formCode}>{compiled.definition.meta.code}</span>
        </Title>
        <p className={classes.about}>
          <strong>{period}</strong>
          <span>{say('number', { number: filing.number })}</span>
          <span>{say(`kind.${filing.kind}`)}</span>
          {due !== undefined && <span>{say('due', { date: formatDay(due) })}</span>}
        </p>
      </div>
    </header>
  );
};
