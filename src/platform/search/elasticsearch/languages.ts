/** Languages whose inflections are searched, by Elasticsearch's names of their stemmers. */
export const LANGUAGES = {
  en: 'english',
  de: 'light_german',
  fr: 'light_french',
  es: 'light_spanish',
  ru: 'russian',
} as const;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];
