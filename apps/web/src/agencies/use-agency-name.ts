import { useWords } from '#i18n/words.ts';
import { agencyWords } from './words.ts';

const AGENCIES = ['gns', 'socfond', 'stat'] as const;

/** Names of an agency, short and long; an agency that the screens do not know yet is called by its id. */
export const useAgencyName = (): ((agency: string) => { short: string; long: string }) => {
  const say = useWords(agencyWords);
  return (agency) => {
    const known = AGENCIES.find((one) => one === agency);
    return known ? { short: say(known), long: say(`${known}Long`) } : { short: agency, long: agency };
  };
};
