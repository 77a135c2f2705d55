import type { AuditWords } from './words.ts';

const range = (from: number, to: number): string =>
  from === to ? `${from}-жазуу` : `${from}–${to}-жазуулар`;

export const ky: AuditWords = {
  problems: {
    altered: ({ seq }) => `${seq}-жазуу өзгөртүлгөн`,
    missing: ({ from, to }) => `жок: ${range(from, to)}`,
    inserted: ({ from, to }) => `кошулган: ${range(from, to)}`,
    swapped: ({ seq, with: other }) => `${seq} жана ${other}-жазуулардын орду алмаштырылган`,
    renumbered: ({ from, to, by }) =>
      `${range(from, to)}: номерлери ${by > 0 ? `+${by}` : String(by)} санына жылдырылган`,
    tail_missing: ({ from, to, checkpoint }) =>
      `чынжырдын аягы кесилген, жок: ${range(from, to)} (муну ${checkpoint === null ? 'чынжырдын чокусу' : `${checkpoint}-көзөмөл чекити`} көрсөтөт)`,
    rewritten: ({ from, to, checkpoint }) =>
      `${range(from, to)}: чынжыр кайра жазылган, ${checkpoint}-көзөмөл чекити башкасын ырастаган`,
    head_differs: ({ seq }) => `акыркы ${seq}-жазуу чынжырдын чокусу атаган жазуу эмес`,
    head_missing: () => 'чынжырдын чокусу жок',
    witness_missing: ({ seq }) =>
      `${seq}-жазуу ырасталган деп белгиленген, бирок ал бар көзөмөл чекити жок: көзөмөл чекиттери өчүрүлгөн`,
    checkpoint_missing: ({ from, to }) =>
      from === to ? `${from}-көзөмөл чекити жок` : `${from}–${to}-көзөмөл чекиттери жок`,
    checkpoint_altered: ({ number }) => `${number}-көзөмөл чекити өзгөртүлгөн`,
    checkpoint_forged: ({ number, reason }) =>
      `${number}-көзөмөл чекитине оператор кол койгон эмес [${reason}]`,
    checkpoint_unknown: ({ number }) => `${number}-көзөмөл чекити сиз атаган чекит эмес`,
  },
  acts: {
    'login.succeeded': 'кирүү',
    'login.refused': 'кирүүгө уруксат берилген жок',
    'login.paused': 'кирүү убактылуу токтотулган',
    logout: 'чыгуу',
    'pin.refused': 'ПИН-код кабыл алынган жок',
    'pin.changed': 'ПИН-код өзгөртүлгөн',
    'credential.locked': 'ЭКТ бөгөттөлгөн',
    'credential.unlocked': 'ЭКТ бөгөттөн чыгарылган',
    'signature.made': 'кол коюлган',
    'signature.made_on_behalf': 'жетекчинин атынан кол коюлган',
    'delegation.granted': 'кол коюу укугу берилген',
    'delegation.ended': 'кол коюу укугу кайтарылып алынган',
    'certificate.issued': 'сертификат берилген',
    'certificate.renewed': 'сертификат узартылган',
    'certificate.suspended': 'сертификат убактылуу токтотулган',
    'certificate.resumed': 'сертификат калыбына келтирилген',
    'certificate.revoked': 'сертификат кайтарылып алынган',
    'certification_officer.added': 'УЦнун кызматкери кошулган',
    'certification_officer.ended': 'УЦнун кызматкеринин ыйгарым укуктары токтотулган',
    'revocation_list.published': 'кайтарылып алынган сертификаттардын тизмеси жарыяланган',
    'evidence.downloaded': 'далил жүктөлүп алынган',
    'service_key.created': 'кызматтык ачкыч түзүлгөн',
  },
  actors: {
    officer: 'кызмат адамы',
    staff: 'оператордун кызматкери',
    system: 'система',
    stranger: 'белгисиз',
  },
  operator: 'оператор',
  company: (inn) => `ИНН ${inn}`,
  onBehalfOf: 'кимдин атынан',
  events: 'Жазуулар',
  chains: 'Чынжырлар',
  checkpoints: 'Көзөмөл чекиттери',
  lastCheckpoint: (number, sha256) => `Акыркы көзөмөл чекити: ${number}:${sha256}`,
  unwitnessed: (chains) => `Акыркы көзөмөл чекитинен кийин өскөн чынжырлар: ${chains}`,
  root: 'Тамыр сертификаты (SHA-256)',
  ownRoot:
    'Тамыр сертификаты базанын өзүнөн алынды: аны салыштырыңыз же өзүңүздүкүн --root менен көрсөтүңүз.',
  more: (count) => `… жана дагы ${count}`,
  valid: 'журнал бүтүн',
  invalid: (problems) => `бузуулар: ${problems}`,
  nothing: 'Жазуулар жок.',
  before: (seq) => `Мурункулары: --before ${seq}`,
};
