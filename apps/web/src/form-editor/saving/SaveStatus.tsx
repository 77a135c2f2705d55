import { Button } from '@mantine/core';
import { errorText, ERRORS, type ErrorCode } from '@sochi/contract';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconCloudUpload from '@tabler/icons-react/dist/esm/icons/IconCloudUpload.mjs';
import { useSyncExternalStore } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { editorWords } from '../words.ts';
import type { SaveState } from './save-machine.ts';
import type { Saver } from './saver.ts';

// One formatter: time of day in the country's zone, to the second.
const clock = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Bishkek',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const isKnown = (code: string): code is ErrorCode => code in ERRORS;

const useStatusText = ({ step, savedAt }: SaveState): string => {
  const say = useWords(editorWords);
  const { language } = useLanguage();
  switch (step.step) {
    case 'idle':
      return savedAt === undefined
        ? say('save.unchanged')
        : say('save.saved', { time: clock.format(savedAt) });
    case 'waiting':
    case 'saving':
    case 'fetching':
      return say('save.saving');
    case 'retrying':
      return say('save.retrying');
    case 'paused':
      return say('save.paused');
    case 'conflict':
      return say('save.conflict');
    case 'refused': {
      const { title } = errorText(isKnown(step.code) ? step.code : 'server.failed', language);
      return say('save.refused', { reason: title });
    }
  }
};

type Tone = 'well' | 'busy' | 'trouble';

const toneOf = ({ step }: SaveState): Tone => {
  if (step.step === 'idle') return 'well';
  return step.step === 'waiting' || step.step === 'saving' || step.step === 'fetching' ? 'busy' : 'trouble';
};

const ICONS = { well: IconCheck, busy: IconCloudUpload, trouble: IconAlertTriangle };

/** Whether the draft is saved, since when, or what stands in the way. */
export const SaveStatus = ({ saver }: { saver: Saver }) => {
  const say = useWords(editorWords);
  const state = useSyncExternalStore(saver.subscribe, saver.state);
  const tone = toneOf(state);
  const Icon = ICONS[tone];
  return (
    <span className={classes.saveStatus} data-tone={tone} data-testid="save-status">
      <Icon size={16} aria-hidden />
      {/* Trouble is read out; the coming and going of saves is not. */}
      <span role={tone === 'trouble' ? 'alert' : undefined}>{useStatusText(state)}</span>
      {state.step.step === 'retrying' && (
        <Button size="compact-sm" variant="light" onClick={() => saver.tell({ event: 'flush' })}>
          {say('save.now')}
        </Button>
      )}
    </span>
  );
};
