import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Kbd.css';
import { Button, Kbd, Popover } from '@mantine/core';
import IconKeyboard from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs';
import { useWords } from '#i18n/words.ts';
import classes from './editor.module.css';
import { editorWords } from './words.ts';

const KEYS = [
  ['Enter ↓', 'keys.down'],
  ['Shift+Enter ↑', 'keys.up'],
  ['Tab', 'keys.tab'],
  ['F8', 'keys.error'],
  ['Ctrl+Enter', 'keys.check'],
  ['Ctrl+S', 'keys.save'],
  ['Ctrl+V', 'keys.paste'],
  ['Ctrl+Z', 'keys.undo'],
] as const;

/** The keys that make filling in fast. */
export const KeysHelp = () => {
  const say = useWords(editorWords);
  return (
    <Popover position="top-end" withArrow shadow="md" width={380} zIndex={150} trapFocus returnFocus>
      <Popover.Target>
        <Button
          className={classes.keysButton}
          variant="subtle"
          color="gray"
          leftSection={<IconKeyboard size={18} aria-hidden />}
        >
          {say('keys')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.keys}>
          {KEYS.map(([key, words]) => (
            <div key={words}>
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{say(words)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
};
