export { fieldErrorTexts } from './field-errors.ts';
export type { TypingError } from './field-errors.ts';
export { findForm, formMetas, loadForm } from './registry.ts';
export type { FormLabels, FormListing, FormModule, Language } from '@sochi/forms-engine';
