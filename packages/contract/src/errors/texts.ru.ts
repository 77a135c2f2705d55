import type { ErrorCode } from './codes.ts';

/** Russian words of every refusal: what happened, then what to do. `{name}` is filled from the refusal's data. */
export const errorTextsRu: Record<ErrorCode, { title: string; detail: string }> = {
  'request.invalid': { title: 'Запрос заполнен неверно', detail: 'Проверьте отмеченные поля и повторите.' },
  'request.malformed': {
    title: 'Запрос не читается',
    detail: 'Тело запроса повреждено. Обновите страницу и повторите.',
  },
  'request.too_large': {
    title: 'Слишком большой запрос',
    detail: 'Размер не должен превышать {limitBytes} байт.',
  },
  'request.unsupported_media_type': {
    title: 'Такой вид данных не принимается',
    detail: 'Отправьте данные в формате JSON.',
  },
  'request.not_found': { title: 'Страница не найдена', detail: 'Проверьте адрес или вернитесь на главную.' },
  'request.cross_site': {
    title: 'Запрос с чужого сайта отклонён',
    detail: 'Откройте СОчИ в этом окне и повторите действие.',
  },
  'request.rate_limited': {
    title: 'Слишком много запросов',
    detail: 'Повторите через {retryAfterSeconds} с.',
  },
  'session.required': { title: 'Нужно войти', detail: 'Войдите с вашей ЭЦП, чтобы продолжить.' },
  'session.expired': {
    title: 'Сеанс завершён',
    detail: 'Вы долго не работали в системе. Введите ПИН-код ещё раз: введённое сохранено.',
  },
  'session.changed': {
    title: 'В этом браузере вошёл другой сотрудник',
    detail: 'Ничего не сделано. Обновите страницу, чтобы продолжить под его именем, или войдите сами.',
  },
  'access.forbidden': {
    title: 'Недостаточно прав',
    detail: 'Это действие доступно другой роли вашей компании.',
  },
  'login.refused': {
    title: 'Неверные данные для входа',
    detail: 'ИНН, роль или ПИН-код не подходят. Осталось попыток сегодня: {attemptsLeft}.',
  },
  'login.paused': {
    title: 'Вход приостановлен',
    detail: 'Слишком много неверных попыток. Повторите после 00:00 по времени Бишкека.',
  },
  'login.certificate_expired': {
    title: 'Ваша ЭЦП не определена',
    detail: 'Срок действия ЭЦП истёк. Пройдите перерегистрацию.',
  },
  'form.unknown': { title: 'Такой формы нет', detail: 'Выберите форму в разделе «Отчётность».' },
  'filing.not_found': { title: 'Отчёт не найден', detail: 'Его нет среди отчётов вашей компании.' },
  'filing.period_invalid': {
    title: 'Неверный отчётный период',
    detail: 'Выберите период, за который сдаётся эта форма.',
  },
  'filing.not_editable': {
    title: 'Отчёт уже нельзя изменить',
    detail: 'Он отправлен на подпись или в орган.',
  },
  'filing.already_sent': {
    title: 'Отчёт уже отправлен',
    detail: 'Второй раз отправлять не нужно. Состояние видно в архиве.',
  },
  'filing.has_errors': {
    title: 'В отчёте есть ошибки',
    detail: 'Исправьте ошибки и отправьте снова. Ошибок: {errors}.',
  },
  'filing.changed_meanwhile': {
    title: 'Отчёт изменился',
    detail: 'Пока вы работали, состояние отчёта изменилось. Обновите страницу.',
  },
  'filing.report_changed': {
    title: 'Отчёт изменился после показа',
    detail: 'Вы подписываете не то, что было показано. Откройте отчёт ещё раз.',
  },
  'filing.signature_not_expected': {
    title: 'Ваша подпись не ожидается',
    detail: 'Отчёт ожидает другую подпись или уже подписан.',
  },
  'filing.evidence_not_ready': {
    title: 'Доказательство ещё не готово',
    detail: 'Оно появится, когда отчёт будет подписан всеми и получит штемпель.',
  },
  'filing.report_not_ready': {
    title: 'Файла отчёта ещё нет',
    detail: 'Он появится после отправки черновика.',
  },
  'draft.changed_elsewhere': {
    title: 'Черновик изменён в другом окне',
    detail: 'Ваш текст на экране не потерян. Выберите, какой вариант оставить.',
  },
  'draft.invalid_answers': {
    title: 'Черновик не сохранён',
    detail: 'В нём есть недопустимые поля или слишком длинные значения.',
  },
  'credential.unusable': {
    title: 'Подписать этой ЭЦП нельзя',
    detail: 'ЭЦП не действует. Войдите заново или пройдите перерегистрацию.',
  },
  'pin.wrong': {
    title: 'Неверный ПИН-код',
    detail: 'Ничего не сделано. Осталось попыток сегодня: {attemptsLeft}. Они общие со входом в систему.',
  },
  'pin.paused': {
    title: 'ПИН-код больше не принимается',
    detail: 'Слишком много неверных попыток. Повторите после 00:00 по времени Бишкека.',
  },
  'delegation.token_key': {
    title: 'Подпись на токене передать нельзя',
    detail:
      'Ключ руководителя хранится на токене и не покидает его. Передать можно только подпись, которая хранится в облаке.',
  },
  'delegation.no_accountant': {
    title: 'Передать подпись некому',
    detail: 'В компании нет бухгалтера с действующей ЭЦП.',
  },
  'delegation.bad_terms': {
    title: 'Такие условия задать нельзя',
    detail: 'Проверьте формы, периоды, предел налога и срок.',
  },
  'certification.token_required': {
    title: 'Нужен ключ доступа',
    detail: 'Этот адрес открыт только сотрудникам удостоверяющего центра.',
  },
  'certification.token_refused': {
    title: 'Ключ доступа не подходит',
    detail: 'Проверьте ключ или получите новый у администратора удостоверяющего центра.',
  },
  'certificate.not_found': {
    title: 'Сертификат не найден',
    detail: 'Проверьте номер сертификата.',
  },
  'certificate.holder_unknown': {
    title: 'Владелец не найден',
    detail: 'Нет компании с таким ИНН или такого сотрудника в ней.',
  },
  'certificate.documents_required': {
    title: 'Нужны документы',
    detail: 'Укажите хотя бы один документ, на основании которого делается это действие.',
  },
  'certificate.wrong_state': {
    title: 'Так нельзя изменить этот сертификат',
    detail: 'Состояние сертификата сейчас: {state}.',
  },
  'certificate.ended': {
    title: 'Срок сертификата истёк',
    detail: 'Он закончился {since}. Выпустите новый сертификат.',
  },
  'certificate.in_use': {
    title: 'Этим сертификатом работает сама система',
    detail: 'Сначала замените его новым, затем отзовите.',
  },
  'certificate.replaced_already': {
    title: 'Сертификат уже заменён',
    detail: 'Продлите тот, который его заменил.',
  },
  'certificate.exists_already': {
    title: 'Действующая ЭЦП уже есть',
    detail: 'Продлите или отзовите сертификат {serial}.',
  },
  'certificate.other_carrier': {
    title: 'Ключ этой ЭЦП хранится в другом месте',
    detail: 'Продлить можно на том же носителе; для другого выпустите новую ЭЦП.',
  },
  'certificate.changed_meanwhile': {
    title: 'Сертификат изменился',
    detail: 'Пока вы работали, его изменил другой сотрудник. Откройте его ещё раз.',
  },
  'certification_request.malformed': {
    title: 'Запрос на сертификат не читается',
    detail: 'Нужен запрос PKCS#10 в PEM или base64.',
  },
  'certification_request.proof_wrong': {
    title: 'Запрос подписан не тем ключом',
    detail: 'Запрос должен быть подписан тем ключом, на который просят сертификат.',
  },
  'certification_request.proof_unsupported': {
    title: 'Запрос подписан неподходящим алгоритмом',
    detail: 'Создайте запрос с SHA-256, SHA-384 или SHA-512.',
  },
  'certification_request.key_weak': {
    title: 'Слишком слабый ключ',
    detail: 'Нужен RSA не короче 2048 бит или ECDSA P-256 либо P-384.',
  },
  'certification_request.key_unsupported': {
    title: 'Такой вид ключа не принимается',
    detail: 'Нужен RSA не короче 2048 бит или ECDSA P-256 либо P-384.',
  },
  'certification_request.key_foreign': {
    title: 'Этот ключ принадлежит другому владельцу',
    detail: 'На этот ключ уже выпущен сертификат. Создайте новый ключ.',
  },
  'idempotency.key_reused': {
    title: 'Повтор с другим содержанием',
    detail: 'Ключ повтора уже использован для другого действия.',
  },
  'server.failed': {
    title: 'Ошибка на нашей стороне',
    detail: 'Мы её записали. Повторите; если не поможет, сообщите поддержке номер запроса.',
  },
  'server.unavailable': {
    title: 'Система временно недоступна',
    detail: 'Введённое не потеряно. Повторим автоматически.',
  },
};
