import type { GnsLabels } from './labels.ru.ts';

export const en: GnsLabels = {
  name: 'State Tax Service',
  refusals: {
    taxpayer_is_another: 'The INN in the report is not that of the company it was filed for',
    represented_party_is_another: 'The report was handed over on behalf of another company',
    'signature.structure.malformed': 'The signature file is damaged',
    'signature.content_digest.content_altered': 'The report was changed after it had been signed',
    'signature.roles.role_missing': 'The signature of the head or of the accountant is missing',
    'signature.company_inn.other_company': 'The signature belongs to an officer of another company',
    'signature.validity.expired': 'The certificate of the signature has expired',
    'signature.chain.issuer_unknown': 'The certificate of the signature comes from an unknown authority',
    'robot.rejects': 'A refusal for training: the receiving side is set to give it',
  },
};
