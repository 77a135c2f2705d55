import type { Calculation, CalculationContext } from './calculation.ts';
import type { CompiledForm } from './compile-form.ts';
import type { FormDefinition, FormMeta } from './definition.ts';
import type { FormLabels, Language } from './language.ts';

export interface OutputInput {
  readonly compiled: CompiledForm;
  readonly calculation: Calculation;
  readonly context: CalculationContext;
}

/** What the folder of a form exports from its `index.ts`. */
export interface FormModule {
  readonly definition: FormDefinition;
  readonly labels: Readonly<Record<Language, FormLabels>>;
  /** The agency's XML; same input, same text. Throws when a cell it needs is in error: check findings first. */
  readonly toXml: (input: OutputInput) => string;
  /** The name the agency expects for the file, extension included. */
  readonly fileName: (context: CalculationContext) => string;
}

/** One line of the menu: known without loading the form. */
export interface FormListing extends FormMeta {
  readonly title: Readonly<Record<Language, string>>;
  readonly short: Readonly<Record<Language, string>>;
}
