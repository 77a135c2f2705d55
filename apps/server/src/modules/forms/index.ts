export { formMeta, loadCompiledForm, type LoadedForm } from './compiled-forms.ts';
