import { defineWords } from '#i18n/words.ts';

export const sentWords = defineWords({
  ru: {
    awaiting_head: 'Отчёт подписан и ожидает подписи руководителя',
    awaiting_accountant: 'Отчёт подписан и ожидает подписи бухгалтера',
    queued: 'Отчёт подписан и ожидает отправки',
    delivered: 'Отчёт подписан и доставлен',
    draft: 'Отчёт остался черновиком',
  },
  ky: {
    awaiting_head: 'Отчетко кол коюлду, эми жетекчинин колу күтүлүүдө',
    awaiting_accountant: 'Отчетко кол коюлду, эми бухгалтердин колу күтүлүүдө',
    queued: 'Отчетко кол коюлду, ал жөнөтүүнү күтүүдө',
    delivered: 'Отчетко кол коюлду, ал жеткирилди',
    draft: 'Отчет каралама бойдон калды',
  },
  en: {
    awaiting_head: 'The report is signed and waits for the signature of the head',
    awaiting_accountant: 'The report is signed and waits for the signature of the accountant',
    queued: 'The report is signed and waits to be sent',
    delivered: 'The report is signed and delivered',
    draft: 'The report is still a draft',
  },
});
