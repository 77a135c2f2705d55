/** Languages of the screens, in the order they are offered. */
export const LANGUAGES = ['ru', 'ky', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The best of our languages for an Accept-Language header; Russian when nothing fits. */
export const preferredLanguage = (acceptLanguage: string | undefined): Language => {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { base: tag.split('-')[0] ?? '', quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
    })
    .sort((left, right) => right.quality - left.quality);
  for (const { base } of wanted) {
    const found = LANGUAGES.find((language) => language === base);
    if (found) return found;
  }
  return 'ru';
};
