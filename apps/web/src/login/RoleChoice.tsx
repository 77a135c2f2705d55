import { OFFICER_ROLES, type OfficerRole } from '@sochi/kernel';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import styles from './role-choice.module.css';
import { loginWords } from './words.ts';

type Props = { role: OfficerRole; onChoose: (role: OfficerRole) => void };

/** Head or accountant; the arrow keys move between them, and it has the keyboard from the start. */
export const RoleChoice = ({ role, onChoose }: Props): ReactNode => {
  const say = useWords(loginWords);
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => box.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  return (
    <fieldset ref={box} className={styles['choice']}>
      <legend>{say('role')}</legend>
      {OFFICER_ROLES.map((one) => (
        <label key={one}>
          <input type="radio" name="role" value={one} checked={one === role} onChange={() => onChoose(one)} />
          <span>{say(one)}</span>
        </label>
      ))}
    </fieldset>
  );
};
