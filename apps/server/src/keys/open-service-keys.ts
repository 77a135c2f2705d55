import type { OpenKey } from './vault.ts';

/** The operator has a handful; a bound all the same. */
const MOST = 32;

/** Keys of the operator that are open, so that a signature by one costs no opening. Known by name and exact sealed bytes. */
export const createOpenServiceKeys = () => {
  const open = new Map<string, OpenKey>();
  const idOf = (name: string, sealed: Uint8Array): string =>
    `${name}\0${Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length).toString('latin1')}`;
  return {
    find: (name: string, sealed: Uint8Array): OpenKey | undefined => open.get(idOf(name, sealed)),
    keep(name: string, sealed: Uint8Array, key: OpenKey): void {
      const oldest = open.keys().next();
      if (open.size >= MOST && !oldest.done) open.delete(oldest.value);
      open.set(idOf(name, sealed), key);
    },
    clear: (): void => open.clear(),
  };
};
