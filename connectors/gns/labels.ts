import type { Words } from '@sochi/connector-kit';

export const label: Words = {
  ru: 'Государственная налоговая служба',
  ky: 'Мамлекеттик салык кызматы',
  en: 'State Tax Service',
};
