import type { FormModule } from '@sochi/forms-engine';
import { formLoaders, formMetas } from './registry.gen.ts';

export { formMetas };

/** Loads one form with its labels and output (its own chunk in the browser); undefined when there is no such form. */
export const findForm = async (id: string): Promise<FormModule | undefined> => {
  const load = formLoaders.get(id);
  return load === undefined ? undefined : (await load()).form;
};

/** As `findForm`; throws RangeError when there is no such form. */
export const loadForm = async (id: string): Promise<FormModule> => {
  const found = await findForm(id);
  if (found === undefined) throw new RangeError(`no form ${id.slice(0, 60)}`);
  return found;
};
