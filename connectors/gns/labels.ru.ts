import type { AgencyLabels } from '@sochi/connector-kit';

export const ru = {
  name: 'Государственная налоговая служба',
  refusals: {
    taxpayer_is_another: 'ИНН в отчёте не совпадает с ИНН компании, за которую он подан',
    represented_party_is_another: 'Отчёт передан от имени другой компании',
    'signature.structure.malformed': 'Файл подписи повреждён',
    'signature.content_digest.content_altered': 'Отчёт изменён после подписания',
    'signature.roles.role_missing': 'Нет подписи руководителя или бухгалтера',
    'signature.company_inn.other_company': 'Подпись принадлежит сотруднику другой компании',
    'signature.validity.expired': 'Срок действия сертификата подписи истёк',
    'signature.chain.issuer_unknown': 'Сертификат подписи выдан неизвестным удостоверяющим центром',
    'robot.rejects': 'Учебный отказ: так настроена принимающая сторона',
  },
} as const satisfies AgencyLabels;

/** Every language has exactly these words. */
export type GnsLabels = { name: string; refusals: Record<keyof typeof ru.refusals, string> };
