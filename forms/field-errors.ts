import type { FieldError, Language, RowError } from '@sochi/forms-engine';

/** What may be wrong with any cell of any form. */
export type TypingError = FieldError | RowError | 'division_by_zero';

const ru: Record<TypingError, string> = {
  not_a_number: 'Здесь нужно число, например 1000 или 1000,50.',
  too_long: 'Слишком длинный текст.',
  too_many_decimals: 'Не больше {limit} знаков после запятой.',
  too_large: 'Слишком большое число: не больше {limit}.',
  negative: 'Число не может быть отрицательным.',
  not_allowed: 'Допустимые значения: {limit}.',
  required: 'Заполните эту ячейку.',
  bad_character: 'В тексте есть недопустимый символ.',
  bad_format: 'Значение записано неверно.',
  inn_length: 'В ИНН должно быть 14 цифр.',
  inn_digits: 'В ИНН могут быть только цифры.',
  inn_first_digit: 'ИНН начинается с 0, 1 или 2.',
  inn_date: 'В ИНН нет такой даты: цифры со 2-й по 9-ю — день, месяц и год.',
  inn_year: 'Дата в ИНН раньше 1900 года или ещё не наступила.',
  too_few_rows: 'Нужно строк: не меньше {limit}.',
  too_many_rows: 'Строк не может быть больше {limit}.',
  division_by_zero: 'Здесь пришлось бы делить на ноль.',
};

const ky: Record<TypingError, string> = {
  not_a_number: 'Бул жерге сан керек, мисалы 1000 же 1000,50.',
  too_long: 'Текст өтө узун.',
  too_many_decimals: 'Үтүрдөн кийин {limit} белгиден көп болбошу керек.',
  too_large: 'Сан өтө чоң: {limit} ашпашы керек.',
  negative: 'Сан терс болушу мүмкүн эмес.',
  not_allowed: 'Уруксат берилген маанилер: {limit}.',
  required: 'Бул уячаны толтуруңуз.',
  bad_character: 'Текстте уруксат берилбеген белги бар.',
  bad_format: 'Маани туура эмес жазылган.',
  inn_length: 'ИНН 14 цифрадан турушу керек.',
  inn_digits: 'ИННде цифралар гана болушу мүмкүн.',
  inn_first_digit: 'ИНН 0, 1 же 2 цифрасынан башталат.',
  inn_date: 'ИННде мындай күн жок: 2-цифрадан 9-цифрага чейин — күн, ай жана жыл.',
  inn_year: 'ИННдеги күн 1900-жылдан мурун же али келе элек.',
  too_few_rows: 'Саптардын саны {limit} кем болбошу керек.',
  too_many_rows: 'Саптардын саны {limit} ашпашы керек.',
  division_by_zero: 'Бул жерде нөлгө бөлүүгө туура келмек.',
};

const en: Record<TypingError, string> = {
  not_a_number: 'A number is needed here, such as 1000 or 1000.50.',
  too_long: 'The text is too long.',
  too_many_decimals: 'At most {limit} digits after the point.',
  too_large: 'The number is too large: at most {limit}.',
  negative: 'The number cannot be negative.',
  not_allowed: 'Allowed values: {limit}.',
  required: 'Fill in this cell.',
  bad_character: 'The text has a character that is not allowed.',
  bad_format: 'The value is not written correctly.',
  inn_length: 'An INN has 14 digits.',
  inn_digits: 'An INN has digits only.',
  inn_first_digit: 'An INN starts with 0, 1 or 2.',
  inn_date: 'There is no such date in the INN: digits 2 to 9 are day, month and year.',
  inn_year: 'The date in the INN is before 1900 or has not come yet.',
  too_few_rows: 'At least {limit} rows are needed.',
  too_many_rows: 'There cannot be more than {limit} rows.',
  division_by_zero: 'This would divide by zero.',
};

/** Words for findings of the rules `field` and `rows`; `{limit}` and `{typed}` come from the finding's data. */
export const fieldErrorTexts: Readonly<Record<Language, Readonly<Record<TypingError, string>>>> = {
  ru,
  ky,
  en,
};
