import type { AppContext } from '../../context.ts';

/** What the acts of the centre need. */
export type CentreContext = Pick<AppContext, 'db' | 'clock' | 'keystore' | 'config' | 'log'>;
