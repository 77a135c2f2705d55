export const PIN_LENGTH = 6;

/** What is wrong with a PIN as typed; too few digits is a mistake only once the person asked to go on. */
export const pinProblem = (pin: string, asked: boolean): 'pinDigits' | 'pinShort' | undefined => {
  if (!/^\d*$/.test(pin)) return 'pinDigits';
  return asked && pin.length < PIN_LENGTH ? 'pinShort' : undefined;
};
