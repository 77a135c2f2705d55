import { formMetas, type FormListing } from '@sochi/forms';

/** A form as a delegation names it: without its edition. */
const seriesOf = ({ id }: FormListing): string => id.split('/').slice(0, 2).join('/');

/** Every form that a head signs, once, by its newest edition. */
export const delegatedForms = (): { form: string; listing: FormListing }[] => {
  const newest = new Map<string, FormListing>();
  for (const listing of formMetas) {
    const known = newest.get(seriesOf(listing));
    if (listing.requiredSigners.includes('head') && (!known || known.validFrom < listing.validFrom))
      newest.set(seriesOf(listing), listing);
  }
  return [...newest].map(([form, listing]) => ({ form, listing }));
};
