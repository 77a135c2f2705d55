import { defineWords } from '#i18n/words.ts';

export const newsWords = defineWords({
  ru: {
    title: 'Новости',
    empty: 'Новостей пока нет',
    emptyDetail: 'Здесь появляются сообщения органов и СОчИ. Отчёты ждут вас в разделе «Отчётность».',
    toReporting: 'Открыть отчётность',
  },
  ky: {
    title: 'Жаңылыктар',
    empty: 'Азырынча жаңылык жок',
    emptyDetail: 'Бул жерде органдардын жана СОчИнин билдирүүлөрү чыгат. Отчеттор «Отчеттуулук» бөлүмүндө.',
    toReporting: 'Отчеттуулукту ачуу',
  },
  en: {
    title: 'News',
    empty: 'No news yet',
    emptyDetail: 'Messages of the agencies and of SOchI appear here. Reports are under “Reporting”.',
    toReporting: 'Open reporting',
  },
});
