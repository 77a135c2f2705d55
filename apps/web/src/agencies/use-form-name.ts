import { formMetas } from '@sochi/forms';
import { useLanguage } from '#i18n/language.tsx';

/** The name of a form as people say it: `Единый налог, STI-091`; an edition we no longer have is called by its id. */
export const useFormName = (): ((formId: string) => string) => {
  const { language } = useLanguage();
  return (formId) => {
    const meta = formMetas.find(({ id }) => id === formId);
    return meta ? `${meta.short[language]}, ${meta.code}` : formId;
  };
};
