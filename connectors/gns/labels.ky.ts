import type { GnsLabels } from './labels.ru.ts';

export const ky: GnsLabels = {
  name: 'Мамлекеттик салык кызматы',
  refusals: {
    taxpayer_is_another: 'Отчеттогу ИНН ал тапшырылган компаниянын ИНН номерине дал келбейт',
    represented_party_is_another: 'Отчет башка компаниянын атынан берилген',
    'signature.structure.malformed': 'Кол тамга файлы бузулган',
    'signature.content_digest.content_altered': 'Отчет кол коюлгандан кийин өзгөртүлгөн',
    'signature.roles.role_missing': 'Жетекчинин же бухгалтердин кол тамгасы жок',
    'signature.company_inn.other_company': 'Кол тамга башка компаниянын кызматкерине таандык',
    'signature.validity.expired': 'Кол тамганын сертификатынын мөөнөтү бүткөн',
    'signature.chain.issuer_unknown': 'Кол тамганын сертификатын белгисиз күбөлөндүрүүчү борбор берген',
    'robot.rejects': 'Окуу үчүн четке кагуу: кабыл алуучу тарап ушундай жөндөлгөн',
  },
};
