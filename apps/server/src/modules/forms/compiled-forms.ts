import { formMetas, loadForm, type FormListing, type FormModule } from '@sochi/forms';
import { compileForm, type CompiledForm } from '@sochi/forms-engine';
import { AppError } from '../../app-error.ts';

export type LoadedForm = { form: FormModule; compiled: CompiledForm };

// Definitions are constants of this release: what is kept here can be made again by any process.
const compiled = new Map<string, Promise<LoadedForm>>();

const load = async (formId: string): Promise<LoadedForm> => {
  const form = await loadForm(formId);
  return { form, compiled: compileForm(form.definition) };
};

/** Refuses with `form.unknown`. */
export const formMeta = (formId: string): FormListing => {
  const meta = formMetas.find(({ id }) => id === formId);
  if (!meta) throw new AppError('form.unknown', {});
  return meta;
};

/** A form ready to calculate; compiled once per process. Refuses with `form.unknown`. */
export const loadCompiledForm = (formId: string): Promise<LoadedForm> => {
  formMeta(formId);
  const known = compiled.get(formId) ?? load(formId);
  compiled.set(formId, known);
  return known;
};
