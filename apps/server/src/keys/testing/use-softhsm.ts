import { createSoftHsm, type SoftHsm } from '../pkcs11/softhsm.ts';

/** SoftHSM2 for a whole test file: also for what this process loads itself, and for a portal configured by variables. */
export const useSoftHsm = async (): Promise<SoftHsm> => {
  const hsm = await createSoftHsm(process.env);
  process.env['SOFTHSM2_CONF'] = hsm.configFile;
  return hsm;
};
