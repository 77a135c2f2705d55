import { defineWords } from './words.ts';

export const periodWords = defineWords({
  ru: {
    year: '{year} год',
    quarter: '{quarter} квартал {year} года',
    month:
      '{month, select, 1 {январь} 2 {февраль} 3 {март} 4 {апрель} 5 {май} 6 {июнь} 7 {июль} 8 {август} 9 {сентябрь} 10 {октябрь} 11 {ноябрь} other {декабрь}} {year} года',
    other: 'с {from} по {to}',
  },
  ky: {
    year: '{year}-жыл',
    quarter: '{year}-жыл, {quarter}-чейрек',
    month:
      '{year}-жыл, {month, select, 1 {январь} 2 {февраль} 3 {март} 4 {апрель} 5 {май} 6 {июнь} 7 {июль} 8 {август} 9 {сентябрь} 10 {октябрь} 11 {ноябрь} other {декабрь}}',
    other: '{from} – {to}',
  },
  en: {
    year: '{year}',
    quarter: 'Q{quarter} {year}',
    month:
      '{month, select, 1 {January} 2 {February} 3 {March} 4 {April} 5 {May} 6 {June} 7 {July} 8 {August} 9 {September} 10 {October} 11 {November} other {December}} {year}',
    other: '{from} to {to}',
  },
});
