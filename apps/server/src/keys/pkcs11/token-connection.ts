import { CKR, CKU_USER } from './constants.ts';
import { CryptokiError } from './cryptoki-error.ts';
import type { Cryptoki, Handle } from './cryptoki.ts';

/** No token with this label is there; the message is a sentence for the operator. */
export class TokenMissing extends Error {}

const tolerate = (code: number, call: () => void): void => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof CryptokiError) || error.code !== code) throw error;
  }
};

/** Slots move when a device is plugged anew: the token is known by its label. */
const findSlot = (cryptoki: Cryptoki, tokenLabel: string): Handle => {
  const slots = cryptoki.listSlots();
  const labels = slots.map((slot) => cryptoki.tokenLabel(slot));
  const slot = slots[labels.indexOf(tokenLabel)];
  if (slot !== undefined) return slot;
  const others = labels.filter((label) => label !== '');
  const there = others.length > 0 ? `; there are: ${others.map((label) => `«${label}»`).join(', ')}` : '';
  throw new TokenMissing(`there is no token «${tokenLabel}»${there}`);
};

/** A session of a logged-in user. Initialising and logging in are for the whole process: another thread may have done both. */
export const connectToToken = (
  cryptoki: Cryptoki,
  { tokenLabel, pin }: { tokenLabel: string; pin: string },
): Handle => {
  tolerate(CKR.CRYPTOKI_ALREADY_INITIALIZED, () => cryptoki.initialize());
  const session = cryptoki.openSession(findSlot(cryptoki, tokenLabel));
  try {
    tolerate(CKR.USER_ALREADY_LOGGED_IN, () => cryptoki.login(session, CKU_USER, pin));
  } catch (error) {
    cryptoki.closeSession(session);
    throw error;
  }
  return session;
};
