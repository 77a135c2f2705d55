/** Whatever happens between the window and the server, a typed text is lost only where the person chose the other one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameAnswers, withTyped } from '../draft/edit-answers.ts';
import { differences, mergeAnswers } from './differences.ts';
import { nextSave, type SaveEvent, type SaveState, type ServerCopy } from './save-machine.ts';
import { openSave, unsavedCopy } from './unsaved-copy.ts';

const CODES = ['050', '053', '056'];
const code = fc.constantFrom(...CODES);
const text = fc.stringMatching(/^[0-9]{1,3}$/);

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('type' as const), code, text }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), arrives: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('other' as const), code, text }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('choose' as const), side: fc.constantFrom('mine', 'theirs') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), arrives: fc.boolean() }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** A window and a server; `wanted` is the last text typed into each cell that the person has not given away since. */
class World {
  now = 0;
  server: ServerCopy = { version: 1, answers: { cells: {}, tables: {} } };
  state: SaveState = openSave(this.server, undefined, 0);
  readonly wanted = new Map<string, string>();

  tell(event: SaveEvent): void {
    this.state = nextSave(this.state, event);
  }

  /** The server's side of a save: what it says, after doing it. */
  receive(): SaveEvent {
    const { step, version } = this.state;
    if (step.step === 'fetching') return { event: 'fetched', theirs: this.server, now: this.now };
    if (step.step !== 'saving') return { event: 'due', now: this.now };
    if (version !== this.server.version)
      return { event: 'failed', code: 'draft.changed_elsewhere', now: this.now };
    this.server = { version: version + 1, answers: step.sent };
    return { event: 'saved', version: version + 1, savedAt: this.now, now: this.now };
  }

  choose(side: 'mine' | 'theirs'): void {
    const { step, saved: base, answers: mine } = this.state;
    if (step.step !== 'conflict') return;
    const theirs = step.theirs.answers;
    const found = differences({ base, mine, theirs });
    if (side === 'theirs') for (const { key } of found) this.wanted.delete(key);
    this.tell({ event: 'resolved', answers: mergeAnswers({ mine, theirs }, found, () => side) });
  }

  run(it: Action): void {
    if (it.do === 'type') {
      if (this.state.step.step === 'conflict') return;
      this.wanted.set(it.code, it.text);
      this.tell({
        event: 'typed',
        answers: withTyped(this.state.answers, { cell: it.code }, it.text),
        now: this.now,
      });
    } else if (it.do === 'pass') {
      this.now += it.ms;
      this.tell({ event: 'due', now: this.now });
    } else if (it.do === 'answer') this.tell(this.receive());
    else if (it.do === 'lose') {
      if (it.arrives) this.receive();
      this.tell({ event: 'failed', code: 'network', now: this.now });
    } else if (it.do === 'expire') this.tell({ event: 'failed', code: 'session.expired', now: this.now });
    else if (it.do === 'other') {
      const answers = withTyped(this.server.answers, { cell: it.code }, it.text);
      this.server = { version: this.server.version + 1, answers };
    } else if (it.do === 'choose') this.choose(it.side === 'mine' ? 'mine' : 'theirs');
    else {
      const copy = unsavedCopy(this.state);
      // A save under way may reach the server after the page has gone.
      if (it.arrives) this.receive();
      // With nothing unsaved the screen simply shows the server's copy, other windows' work included.
      if (!copy) this.wanted.clear();
      this.state = openSave(this.server, copy && structuredClone(copy), this.now);
    }
  }

  /** Everything works again and the person keeps what they see. */
  comeToRest(): void {
    for (let turn = 0; turn < 20 && this.state.step.step !== 'idle'; turn += 1) {
      this.now += 60_000;
      this.choose('mine');
      this.tell({ event: 'session_back' });
      this.tell({ event: 'due', now: this.now });
      this.tell(this.receive());
    }
  }
}

const lost = (world: World): string[] =>
  [...world.wanted].filter(([cell, wish]) => world.state.answers.cells[cell] !== wish).map(([cell]) => cell);

it('never loses a typed text, and ends with the server holding what the screen shows', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const world = new World();
      for (const it of actions) {
        world.run(it);
        expect(lost(world)).toEqual([]);
      }
      world.comeToRest();
      expect(lost(world)).toEqual([]);
      expect(world.state.step.step).toBe('idle');
      if (world.state.version === world.server.version)
        expect(sameAnswers(world.server.answers, world.state.answers)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('never asks about what this window alone has written', () => {
  const alone = action.filter((it) => it.do !== 'other');
  fc.assert(
    fc.property(fc.array(alone, { maxLength: 60 }), (actions) => {
      const world = new World();
      for (const it of actions) {
        world.run(it);
        expect(world.state.step.step).not.toBe('conflict');
      }
    }),
    { numRuns: 2000 },
  );
});
