import type { OfficerRole } from '@sochi/kernel';

export type DemoOfficer = { role: OfficerRole; fullName: string; personalInn: string; pin: string };
export type DemoCompany = {
  inn: string;
  name: string;
  officeCode: string;
  officeName: string;
  phone: string;
  legalForm: string;
  okpo: string;
  /** In tyiyn. */
  balance: number;
  officers: readonly DemoOfficer[];
};

/** Invented companies and people; the PINs are printed by `npm start`. */
export const DEMO_COMPANIES: readonly DemoCompany[] = [
  {
    inn: '01503201810015',
    name: 'ОсОО «Тест»',
    officeCode: '004',
    officeName: 'УГНС по Первомайскому району г. Бишкек',
    phone: '+996312960360',
    legalForm: 'осоо',
    okpo: '28451234',
    balance: 5_713_150,
    officers: [
      { role: 'head', fullName: 'Асанов Бакыт Темирович', personalInn: '21204197500123', pin: '482915' },
      {
        role: 'accountant',
        fullName: 'Осмонова Айгүл Сатыбалдыевна',
        personalInn: '10807198200456',
        pin: '730264',
      },
    ],
  },
  {
    inn: '02711201910023',
    name: 'ОсОО «Ак-Кеме Текстиль»',
    officeCode: '002',
    officeName: 'УГНС по Ленинскому району г. Бишкек',
    phone: '+996555120340',
    legalForm: 'осоо',
    okpo: '29113077',
    balance: 1_250_000,
    officers: [
      { role: 'head', fullName: 'Турдубаева Нургүл Кадыровна', personalInn: '11502198800077', pin: '615038' },
      {
        role: 'accountant',
        fullName: 'Ким Виктория Андреевна',
        personalInn: '12306199100310',
        pin: '294176',
      },
    ],
  },
  {
    inn: '00904202110048',
    name: 'ОсОО «Ысык-Көл Балык»',
    officeCode: '019',
    officeName: 'УГНС по г. Каракол',
    phone: '+996700451289',
    legalForm: 'осоо',
    okpo: '30567812',
    balance: 84_900,
    officers: [
      { role: 'head', fullName: 'Жумабеков Эрлан Маратович', personalInn: '20111198400212', pin: '907351' },
      {
        role: 'accountant',
        fullName: 'Сыдыкова Чолпон Эркиновна',
        personalInn: '11909199300188',
        pin: '158642',
      },
    ],
  },
];

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** More invented companies, for load: number `index` is always the same company. */
export const loadCompany = (index: number): DemoCompany => ({
  inn: `0010120${digits(10 + Math.floor(index / 100_000), 2)}${digits(index % 100_000, 5)}`,
  name: `ОсОО «Нагрузка ${index}»`,
  officeCode: '001',
  officeName: 'УГНС по Октябрьскому району г. Бишкек',
  phone: '+996312000000',
  legalForm: 'осоо',
  okpo: '00000000',
  balance: 0,
  officers: [
    {
      role: 'head',
      fullName: `Руководитель ${index}`,
      personalInn: `201011980${digits(index % 100_000, 5)}`,
      pin: '135790',
    },
    {
      role: 'accountant',
      fullName: `Бухгалтер ${index}`,
      personalInn: `101011980${digits(index % 100_000, 5)}`,
      pin: '246801',
    },
  ],
});
