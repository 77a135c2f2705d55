import { Button, Modal } from '@mantine/core';
import type { Answers } from '@sochi/forms-engine';
import { useMemo, useState } from 'react';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { placeName } from '../findings/place-name.ts';
import { editorWords } from '../words.ts';
import { differences, mergeAnswers, type Difference, type Side, type ThreeAnswers } from './differences.ts';

const SIDES = ['mine', 'theirs'] as const;

const useValueText = (): ((difference: Difference, side: Side) => string) => {
  const say = useWords(editorWords);
  return (difference, side) => {
    if (difference.of === 'table')
      return say('conflict.rows', { count: side === 'mine' ? difference.mineRows : difference.theirRows });
    return difference[side] === '' ? say('conflict.empty') : difference[side];
  };
};

const useName = (): ((difference: Difference) => string) => {
  const say = useWords(editorWords);
  const editor = useEditor();
  return (difference) => {
    if (difference.of === 'cell') return placeName(difference.place, editor, (row) => say('row', { row }));
    const label = editor.compiled.tables.get(difference.table)?.label;
    return (label && editor.labels[label]) || difference.table;
  };
};

type RowProps = {
  readonly difference: Difference;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
};

const DifferenceRow = ({ difference, side, onChoose }: RowProps) => {
  const valueText = useValueText();
  const name = useName()(difference);
  const say = useWords(editorWords);
  return (
    <tr>
      <th scope="row">{name}</th>
      {SIDES.map((choice) => (
        <td key={choice}>
          <label className={classes.choice}>
            <input
              type="radio"
              name={`choice-${difference.key}`}
              checked={side === choice}
              onChange={() => onChoose(choice)}
              aria-label={`${name}: ${say(`conflict.${choice}`)}, ${valueText(difference, choice)}`}
            />
            <span>{valueText(difference, choice)}</span>
          </label>
        </td>
      ))}
    </tr>
  );
};

type Props = { readonly three: ThreeAnswers; readonly onResolve: (answers: Answers) => void };

/** Two windows say different things: shows where, and saves what the person chooses. Nothing is lost before that. */
export const ConflictDialog = ({ three, onResolve }: Props) => {
  const say = useWords(editorWords);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Side>>(new Map());
  const found = useMemo(() => differences(three), [three]);
  const sideOf = (difference: Difference): Side => chosen.get(difference.key) ?? difference.suggested;
  const resolve = (choose: (difference: Difference) => Side): void =>
    onResolve(mergeAnswers(three, found, choose));
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={say('conflict.title')}
      classNames={{ title: classes.dialogTitle ?? '' }}
      size="lg"
    >
      <p className={classes.dialogText}>{say('conflict.text')}</p>
      <div className={classes.differences}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('conflict.cell')}</th>
              {SIDES.map((side) => (
                <th key={side} scope="col">
                  {say(`conflict.${side}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((difference) => (
              <DifferenceRow
                key={difference.key}
                difference={difference}
                side={sideOf(difference)}
                onChoose={(side) => setChosen(new Map(chosen).set(difference.key, side))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={() => resolve(() => 'mine')}>
          {say('conflict.keep.mine')}
        </Button>
        <Button variant="default" onClick={() => resolve(() => 'theirs')}>
          {say('conflict.take.theirs')}
        </Button>
        <Button onClick={() => resolve(sideOf)}>{say('conflict.merge')}</Button>
      </div>
    </Modal>
  );
};
