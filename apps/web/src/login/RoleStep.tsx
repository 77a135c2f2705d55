import { Button, Input, SegmentedControl, Stack, Text } from '@mantine/core';
import type { Session } from '@sochi/contract';
import { OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { PinForm } from './PinForm.tsx';
import { loginWords } from './words.ts';

type Props = { inn: string; onBack: () => void; onDone: (session: Session) => void };

/** Step 2: who of the company, and the PIN. */
export const RoleStep = ({ inn, onBack, onDone }: Props): ReactNode => {
  const say = useWords(loginWords);
  const label = useId();
  const choice = useRef<HTMLDivElement>(null);
  const [role, setRole] = useState<OfficerRole>('head');
  useEffect(() => choice.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  return (
    <Stack>
      <Text>
        {say('inn')} <strong>{inn}</strong>
      </Text>
      <div>
        <Input.Label component="div" id={label} mb={4}>
          {say('role')}
        </Input.Label>
        <SegmentedControl
          ref={choice}
          fullWidth
          size="md"
          color="petrol"
          aria-labelledby={label}
          value={role}
          onChange={setRole}
          data={OFFICER_ROLES.map((one) => ({ value: one, label: say(one) }))}
        />
      </div>
      <PinForm inn={inn} role={role} onDone={onDone} />
      <Button variant="subtle" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={onBack}>
        {say('back')}
      </Button>
    </Stack>
  );
};
