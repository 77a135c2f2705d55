import { Alert, Button, Modal } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconSignature from '@tabler/icons-react/dist/esm/icons/IconSignature.mjs';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { findingText } from '../findings/finding-text.ts';
import { PlaceLabel } from '../findings/PlaceLabel.tsx';
import { placeKey } from '../draft/place.ts';
import { editorWords } from '../words.ts';
import { HeadSignature } from './HeadSignature.tsx';
import { ReportSummary } from './ReportSummary.tsx';
import type { Sending } from './use-sending.ts';

const Warnings = () => {
  const say = useWords(editorWords);
  const { draft, labels, language } = useEditor();
  const warnings = draft.findings().filter(({ severity }) => severity === 'W');
  if (warnings.length === 0) return null;
  return (
    <Alert
      className={classes.warningsBox ?? ''}
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={say('send.warnings', { count: warnings.length })}
    >
      <ul className={classes.warnings}>
        {warnings.map((finding) => (
          <li key={`${placeKey(finding.at)} ${finding.rule}`}>
            <PlaceLabel place={finding.at} /> {findingText(finding, labels, language)}
          </li>
        ))}
      </ul>
    </Alert>
  );
};

const Trouble = ({ sending }: { sending: Sending }) => {
  const say = useWords(editorWords);
  const { stage } = sending;
  const icon = <IconAlertTriangle aria-hidden />;
  if (stage.stage === 'unknown')
    return (
      <Alert
        className={classes.warningsBox ?? ''}
        role="alert"
        color="orange"
        icon={icon}
        title={say('send.unknown.title')}
      >
        {say('send.unknown')}
      </Alert>
    );
  if (stage.stage === 'confirm' && stage.problem !== undefined)
    return (
      <Alert role="alert" color="red" icon={icon}>
        {stage.problem}
      </Alert>
    );
  return null;
};

const Confirm = ({ sending, filing }: { sending: Sending; filing: FilingDetail }) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  const period = usePeriodName()(filing.period);
  const { officeCode, officeName } = filing.context.profile;
  const isSending = sending.stage.stage === 'sending';
  return (
    <>
      <dl className={classes.facts}>
        <dt>{say('send.form')}</dt>
        <dd>
          {labels['title']}, {say(`kind.${filing.kind}`)}
        </dd>
        <dt>{say('send.period')}</dt>
        <dd>{period}</dd>
        <dt>{say('send.office')}</dt>
        <dd>
          {officeCode} {officeName}
        </dd>
      </dl>
      <ReportSummary />
      <Warnings />
      <p className={classes.disclaimer}>
        {say('send.disclaimer')} {say('send.sign')} <HeadSignature filing={filing} sending={sending} />
      </p>
      <Trouble sending={sending} />
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={sending.close} disabled={isSending}>
          {say('send.back')}
        </Button>
        <Button
          loading={isSending}
          leftSection={<IconSignature size={18} aria-hidden />}
          onClick={() => void sending.confirm()}
          data-autofocus
        >
          {say(sending.stage.stage === 'unknown' ? 'send.again' : 'send.yes')}
        </Button>
      </div>
    </>
  );
};

/** Asks before sending: what goes where, the warnings that are left, and the operator's disclaimer. */
export const SendDialog = ({ sending, filing }: { sending: Sending; filing: FilingDetail }) => {
  const say = useWords(editorWords);
  const { stage } = sending.stage;
  const isSending = stage === 'sending';
  return (
    <Modal
      opened={stage !== 'closed' && stage !== 'preparing'}
      onClose={sending.close}
      title={say('send.title')}
      classNames={{ title: classes.dialogTitle ?? '' }}
      size="lg"
      withCloseButton={!isSending}
      closeOnClickOutside={false}
      closeOnEscape={!isSending}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Confirm sending={sending} filing={filing} />
    </Modal>
  );
};
