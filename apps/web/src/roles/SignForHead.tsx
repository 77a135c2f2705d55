import { Alert, Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import type { DelegationView } from '@sochi/contract';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { formatMinute } from '#i18n/formats.ts';
import { useWords } from '#i18n/words.ts';
import { GrantForm } from './GrantForm.tsx';
import { TakeAwayModal } from './TakeAwayModal.tsx';
import { TermsFacts } from './TermsFacts.tsx';
import styles from './roles.module.css';
import { rolesWords } from './words.ts';

type Doing = 'nothing' | 'granting' | 'changing' | 'takingAway';
type Done = 'granted' | 'ended';

const Standing = ({
  view,
  onChange,
  onTakeAway,
}: {
  view: DelegationView;
  onChange: () => void;
  onTakeAway: () => void;
}): ReactNode => {
  const say = useWords(rolesWords);
  const { current, lastEnd, obstacle } = view;
  if (current)
    return (
      <>
        <TermsFacts current={current} />
        <Group>
          <Button variant="default" onClick={onChange}>
            {say('change')}
          </Button>
          <Button variant="default" c="red" onClick={onTakeAway}>
            {say('takeAway')}
          </Button>
        </Group>
      </>
    );
  return (
    <div>
      {obstacle === 'token_key' ? <Text>{say('tokenKey')}</Text> : <Text>{say('off')}</Text>}
      {lastEnd && (
        <Text c="dimmed" fz="sm" mt={4}>
          {say('lastEnd', { moment: formatMinute(lastEnd.at), why: say(`why.${lastEnd.why}`) })}
        </Text>
      )}
    </div>
  );
};

/** That it is done, with the keyboard on it: what was pressed is no longer there. */
const DoneNotice = ({ done }: { done: Done }): ReactNode => {
  const say = useWords(rolesWords);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [done]);
  return (
    <Alert ref={box} tabIndex={-1} role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
      {say(done)}
    </Alert>
  );
};

/** «Подпись от имени руководителя»: the tick, what it does, its bounds, and the way to take it away. */
export const SignForHead = ({ view, latestEnd }: { view: DelegationView; latestEnd: string }): ReactNode => {
  const say = useWords(rolesWords);
  const [doing, setDoing] = useState<Doing>('nothing');
  const [done, setDone] = useState<Done>();
  const tick = useRef<HTMLInputElement>(null);
  const explanation = useId();
  const { current, obstacle } = view;
  const begin = (what: Doing): void => {
    setDone(undefined);
    setDoing(what);
  };
  const cancel = (): void => {
    begin('nothing');
    tick.current?.focus();
  };
  const finish = (what: Done): void => {
    setDone(what);
    setDoing('nothing');
  };
  const toggle = (): void => {
    if (current) begin('takingAway');
    else begin(doing === 'granting' ? 'nothing' : 'granting');
  };
  return (
    <Paper component="section" withBorder p="md" aria-label={say('tick')}>
      <Stack>
        <Checkbox
          ref={tick}
          size="md"
          label={<strong>{say('tick')}</strong>}
          aria-describedby={explanation}
          checked={current !== null || doing === 'granting'}
          disabled={obstacle !== null && current === null}
          onChange={toggle}
        />
        <div id={explanation} className={styles['explanation']}>
          <Text>{say('what')}</Text>
          <Text c="dimmed" fz="sm" mt={4}>
            {say('whatKept')}
          </Text>
        </div>
        {done && <DoneNotice done={done} />}
        {doing === 'granting' || doing === 'changing' ? (
          <GrantForm
            terms={current?.terms}
            latestEnd={latestEnd}
            holdsFocus={doing === 'changing'}
            onDone={() => finish('granted')}
            onCancel={cancel}
          />
        ) : (
          <Standing view={view} onChange={() => begin('changing')} onTakeAway={() => begin('takingAway')} />
        )}
      </Stack>
      {doing === 'takingAway' && (
        <TakeAwayModal onDone={() => finish('ended')} onClose={() => setDoing('nothing')} />
      )}
    </Paper>
  );
};
