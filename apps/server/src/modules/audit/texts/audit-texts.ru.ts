import type { AuditWords } from './words.ts';

const range = (from: number, to: number): string => (from === to ? `запись ${from}` : `записи ${from}–${to}`);

export const ru: AuditWords = {
  problems: {
    altered: ({ seq }) => `запись ${seq} изменена`,
    missing: ({ from, to }) => `нет: ${range(from, to)}`,
    inserted: ({ from, to }) => `вставлено: ${range(from, to)}`,
    swapped: ({ seq, with: other }) => `записи ${seq} и ${other} поменяли местами`,
    renumbered: ({ from, to, by }) =>
      `${range(from, to)}: номера сдвинуты на ${by > 0 ? `+${by}` : String(by)}`,
    tail_missing: ({ from, to, checkpoint }) =>
      `конец цепочки обрезан, нет: ${range(from, to)} (так говорит ${checkpoint === null ? 'вершина цепочки' : `контрольная точка ${checkpoint}`})`,
    rewritten: ({ from, to, checkpoint }) =>
      `${range(from, to)}: цепочка записана заново, контрольная точка ${checkpoint} заверила другую`,
    head_differs: ({ seq }) => `последняя запись ${seq} не та, которую называет вершина цепочки`,
    head_missing: () => 'нет вершины цепочки',
    witness_missing: ({ seq }) =>
      `запись ${seq} значится заверенной, а контрольной точки с ней нет: контрольные точки удалены`,
    checkpoint_missing: ({ from, to }) =>
      from === to ? `нет контрольной точки ${from}` : `нет контрольных точек ${from}–${to}`,
    checkpoint_altered: ({ number }) => `контрольная точка ${number} изменена`,
    checkpoint_forged: ({ number, reason }) =>
      `контрольная точка ${number} не подписана оператором [${reason}]`,
    checkpoint_unknown: ({ number }) => `контрольная точка ${number} не та, которую назвали вы`,
  },
  acts: {
    'login.succeeded': 'вход',
    'login.refused': 'во входе отказано',
    'login.paused': 'вход приостановлен',
    logout: 'выход',
    'pin.refused': 'ПИН-код отвергнут',
    'pin.changed': 'ПИН-код изменён',
    'credential.locked': 'ЭЦП заблокирована',
    'credential.unlocked': 'ЭЦП разблокирована',
    'signature.made': 'подпись',
    'signature.made_on_behalf': 'подпись от имени руководителя',
    'delegation.granted': 'право подписи передано',
    'delegation.ended': 'право подписи отозвано',
    'certificate.issued': 'сертификат выпущен',
    'certificate.renewed': 'сертификат продлён',
    'certificate.suspended': 'сертификат приостановлен',
    'certificate.resumed': 'сертификат возобновлён',
    'certificate.revoked': 'сертификат отозван',
    'certification_officer.added': 'сотрудник УЦ добавлен',
    'certification_officer.ended': 'полномочия сотрудника УЦ прекращены',
    'revocation_list.published': 'список отозванных сертификатов опубликован',
    'evidence.downloaded': 'доказательство скачано',
    'service_key.created': 'служебный ключ создан',
  },
  actors: {
    officer: 'должностное лицо',
    staff: 'сотрудник оператора',
    system: 'система',
    stranger: 'неизвестный',
  },
  operator: 'оператор',
  company: (inn) => `ИНН ${inn}`,
  onBehalfOf: 'от имени',
  events: 'Записей',
  chains: 'Цепочек',
  checkpoints: 'Контрольных точек',
  lastCheckpoint: (number, sha256) => `Последняя контрольная точка: ${number}:${sha256}`,
  unwitnessed: (chains) => `Цепочек, выросших после последней контрольной точки: ${chains}`,
  root: 'Корневой сертификат (SHA-256)',
  ownRoot: 'Корневой сертификат взят из самой базы: сравните его или укажите свой в --root.',
  more: (count) => `… и ещё ${count}`,
  valid: 'журнал цел',
  invalid: (problems) => `нарушений: ${problems}`,
  nothing: 'Записей нет.',
  before: (seq) => `Раньше: --before ${seq}`,
};
