/**
 * The key of one sending: the same for every try of the same version, across a reload too, so that the report is sent once
 * however often its sending is tried.
 */
const storageKey = (filingId: string): string => `sochi.send.${filingId}`;

const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

const remembered = (storage: Storage, filingId: string): string | null => {
  try {
    return storage.getItem(storageKey(filingId));
  } catch {
    return null;
  }
};

/** The key for sending this version; made at the first try. */
export const sendingKey = (storage: Storage, filingId: string, version: number): string => {
  const [knownVersion, known] = (remembered(storage, filingId) ?? '').split(' ');
  if (known !== undefined && knownVersion === String(version)) return known;
  const key = newKey();
  try {
    storage.setItem(storageKey(filingId), `${version} ${key}`);
  } catch {
    // Without storage a reload makes a new key; the server then says that the report is sent already.
  }
  return key;
};

/** Forgets the key once the outcome is known. */
export const forgetSendingKey = (storage: Storage, filingId: string): void => {
  try {
    storage.removeItem(storageKey(filingId));
  } catch {
    // Nothing was kept.
  }
};
