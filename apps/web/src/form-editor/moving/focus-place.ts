const find = (root: ParentNode, stop: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-stop="${CSS.escape(stop)}"]`);

/** Moves the focus to a stop and selects its text; false where it is not on the screen. */
export const focusStop = (root: ParentNode, stop: string): boolean => {
  const element = find(root, stop);
  if (!element) return false;
  element.focus({ preventScroll: true });
  if (element instanceof HTMLInputElement) element.select();
  element.scrollIntoView({ block: 'nearest' });
  return true;
};

/** Jumps to a place: focus, into the middle of the screen, and a glow that fades. */
export const jumpTo = (root: ParentNode, stop: string): boolean => {
  const element = find(root, stop);
  if (!element) return false;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'center' });
  element.animate(
    [{ boxShadow: '0 0 0 6px rgb(255 170 0 / 55%)' }, { boxShadow: '0 0 0 6px rgb(255 170 0 / 0%)' }],
    1600,
  );
  return true;
};

/** The stop that holds an event's target. */
export const stopOf = (target: EventTarget | null): string | undefined =>
  target instanceof HTMLElement ? target.dataset['stop'] : undefined;
