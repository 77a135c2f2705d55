import type { FormModule } from '@sochi/forms';
import type { CompiledForm } from '@sochi/forms-engine';

/** A form ready to show and to calculate. */
export interface LoadedForm {
  readonly form: FormModule;
  readonly compiled: CompiledForm;
}
