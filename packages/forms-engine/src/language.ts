/** Languages of form captions: Russian is the base, Kyrgyz complete, English third. */
export const LANGUAGES = ['ru', 'ky', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Captions by label key. Keys `title`, `short`, `who` and `check.<check id>` exist in every form. */
export type FormLabels = Readonly<Record<string, string>>;
