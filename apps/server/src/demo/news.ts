type Words = { ru: string; ky: string; en: string };

/** News of the demonstration: invented, and it says so. */
export const DEMO_NEWS: readonly { title: Words; body: Words; agency: string | null; hoursAgo: number }[] = [
  {
    hoursAgo: 2,
    agency: 'gns',
    title: {
      ru: 'Отчёт по единому налогу сдаётся по форме STI-091, редакция 9',
      ky: 'Бирдиктүү салык боюнча отчет STI-091 формасы, 9-редакция боюнча тапшырылат',
      en: 'The unified-tax report is filed on form STI-091, edition 9',
    },
    body: {
      ru: 'Форма открыта в разделе «Отчётность». Итоги считаются по мере ввода, черновик сохраняется сам.',
      ky: 'Форма «Отчеттуулук» бөлүмүндө ачык. Жыйынтыктар терүү учурунда эсептелет, каралама өзү сакталат.',
      en: 'The form is open under «Reporting». Totals are calculated as you type, and the draft saves itself.',
    },
  },
  {
    hoursAgo: 26,
    agency: null,
    title: {
      ru: 'Каждый отчёт теперь можно проверить без нас',
      ky: 'Эми ар бир отчетту бизсиз текшерүүгө болот',
      en: 'Every report can now be verified without us',
    },
    body: {
      ru: 'В архиве у каждого отправленного отчёта есть кнопка «Скачать доказательство»: внутри отчёт, обе подписи, штемпель и квитанции органа. Проверяется командой sh verify.sh без интернета.',
      ky: 'Архивде ар бир жөнөтүлгөн отчетто «Далилди жүктөө» баскычы бар: ичинде отчет, эки кол тамга, штемпель жана органдын квитанциялары. Интернетсиз sh verify.sh буйругу менен текшерилет.',
      en: 'In the archive every sent report has a button «Download the evidence»: the report, both signatures, the postmark and the receipts of the agency. Verified offline by the command sh verify.sh.',
    },
  },
  {
    hoursAgo: 70,
    agency: null,
    title: { ru: 'Это демонстрация', ky: 'Бул демонстрация', en: 'This is a demonstration' },
    body: {
      ru: 'Компании, люди и суммы вымышлены. Отчёты принимает учебная сторона органа на этом же компьютере.',
      ky: 'Компаниялар, адамдар жана суммалар ойдон чыгарылган. Отчетторду ушул эле компьютердеги окуу органы кабыл алат.',
      en: 'Companies, people and sums are invented. Reports are received by a training agency on this same computer.',
    },
  },
];
