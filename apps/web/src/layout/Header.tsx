import { ActionIcon, Button } from '@mantine/core';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconMenu2 from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState, type ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { Brand } from './Brand.tsx';
import { CompanyBlock } from './CompanyBlock.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { MainMenu } from './MainMenu.tsx';
import styles from './frame.module.css';
import { useLeave } from './use-leave.ts';
import { layoutWords } from './words.ts';

/** Name, company, language and the way out; below it the menu, which a button opens on a narrow screen. */
export const Header = (): ReactNode => {
  const say = useWords(layoutWords);
  const [open, setOpen] = useState(false);
  const leave = useLeave();
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        <Brand />
        <CompanyBlock />
        <div className={styles['tools']}>
          <LanguageSwitch />
          <Button
            variant="default"
            leftSection={<IconLogout size={18} aria-hidden />}
            className={styles['leave']}
            onClick={leave}
          >
            {say('logout')}
          </Button>
          <ActionIcon
            className={styles['toggle']}
            variant="default"
            size={44}
            aria-expanded={open}
            aria-controls="main-menu"
            aria-label={say(open ? 'closeMenu' : 'openMenu')}
            onClick={() => setOpen(!open)}
          >
            {open ? <IconX aria-hidden /> : <IconMenu2 aria-hidden />}
          </ActionIcon>
        </div>
      </div>
      <MainMenu open={open} onLeave={() => setOpen(false)} />
    </header>
  );
};
