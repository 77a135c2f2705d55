import { defineWords } from '#i18n/words.ts';

export const agencyWords = defineWords({
  ru: {
    gns: 'ГНС',
    gnsLong: 'Государственная налоговая служба',
    socfond: 'Соцфонд',
    socfondLong: 'Социальный фонд',
    stat: 'Нацстатком',
    statLong: 'Национальный статистический комитет',
  },
  ky: {
    gns: 'МСК',
    gnsLong: 'Мамлекеттик салык кызматы',
    socfond: 'Соцфонд',
    socfondLong: 'Социалдык фонд',
    stat: 'Улутстатком',
    statLong: 'Улуттук статистика комитети',
  },
  en: {
    gns: 'STS',
    gnsLong: 'State Tax Service',
    socfond: 'Social Fund',
    socfondLong: 'Social Fund',
    stat: 'NSC',
    statLong: 'National Statistical Committee',
  },
});
