import type { ru } from './labels.ru.ts';

/** Our translation. */
export const en = {
  title: 'Unified tax report',
  short: 'Unified tax',
  who: 'Taxpayers on the unified tax regime (Tax Code of the Kyrgyz Republic, chapter 57, article 423)',

  'section.header': 'The report and the taxpayer',
  'section.activities': 'Tax by kind of activity',
  'section.advances': 'Advance payments (appendix STI-091_9-001)',
  'section.totals': 'Totals',

  'column.base': 'Tax base, som',
  'column.rate': 'Rate, %',
  'column.tax': 'Tax, som',

  'cell.001': 'Kind of report',
  'cell.102': 'Taxpayer INN',
  'cell.103': 'Name of the taxpayer',
  'cell.104': 'Tax office code',
  'cell.105': 'Phone',
  'cell.201': 'Start of the period',
  'cell.202': 'End of the period',
  'cell.901': 'Date received by the tax office',

  'line.tradeA':
    'Trade: A) traders with revenue up to 50 million som, except subjects of special-regime trade zones, importers, exporters, distributors, sellers of fuel and of medicines, and other exceptions named in the law',
  'line.tradeB.cash': 'Trade: B) other traders, cash',
  'line.tradeB.noncash': 'Trade: B) other traders, non-cash',
  'cell.059': 'Total tax on trade B)',
  'line.prod.cash':
    'Agricultural processing, production of goods, tour operators and agents, software development, cash',
  'line.prod.noncash':
    'Agricultural processing, production of goods, tour operators and agents, software development, non-cash',
  'cell.066': 'Total tax on processing, production, tourism and software',
  'line.other.cash': 'Other activities, cash',
  'line.other.noncash': 'Other activities, non-cash',
  'cell.073': 'Total tax on other activities',
  'line.catering.cash': 'Public catering, cash',
  'line.catering.noncash': 'Public catering, non-cash',
  'cell.080': 'Total tax on public catering',
  'line.sewing': 'Sewing and/or textile production',
  'line.jewelry': 'Production and/or sale of jewellery',
  'line.lottery': 'Lotteries',
  'line.sauna': 'Saunas',
  'line.billiards': 'Billiards',
  'line.bath': 'Bath-houses except municipal ones',
  'line.creative': 'Activity of a resident of the Creative Industries Park',
  'line.art324': 'Value of goods by invoice when exporting under article 324 of the Tax Code',
  'line.agri': 'Activity of a procurer of agricultural products',
  'line.milk': 'Activity of a procurer of milk',
  'line.anon':
    'Sales to an anonymous buyer by a payer named in points 1, 2-1, 3 and 8 of article 423 of the Tax Code',
  'line.fez.partial':
    'Free economic zone subject (article 430, point 5-1): goods taken out after partial processing',
  'line.fez.same': 'Free economic zone subject (article 430, point 5-1): goods taken out unchanged',
  'cell.169': 'Total tax of the free economic zone subject',
  'line.school': 'School catering by a sole trader',
  'line.statereal': 'Exchange or transfer of real estate for state needs',
  'line.virtual': 'Sale of virtual assets',
  'line.abroad': 'Activity outside the Kyrgyz Republic',

  'cell.182': 'Advance payments received in the period',
  'cell.183': 'Unified tax on the advance payments of the period',
  'cell.184': 'Advance payments of earlier periods offset in the period',
  'cell.185': 'Unified tax on the offset advance payments of earlier periods',
  'cell.186': 'Total tax base',
  'cell.187': 'Total unified tax',

  'table.ADV_CUR': 'Advance payments received in the period',
  'table.ADV_PREV': 'Advance payments of earlier periods offset in the period',
  'advance.description': 'What the advance is for',
  'advance.amount': 'Amount, som',
  'advance.rate': 'Rate, %',
  'advance.tax': 'Tax, som',

  'check.period.order': 'The period ends before it starts.',
  'check.period.quarter':
    'The report is for a calendar quarter, such as 01.01 to 31.03. Only a liquidation report may have another period.',
  'check.period.edition':
    'Edition 9 of this form is in force from the first quarter of 2026. Earlier periods need the earlier edition.',
  'check.period.running': 'The period is not over yet.',
  'check.office.unknown': 'Tax office code {office} is not in the list we know. Please check it.',
  'check.rate.unusual':
    'The rate {rate} % differs from the usual one for this line: {usual} %. Please check it.',
  'check.trade-a.limit':
    'The base of line 050 is over 50 million som: such revenue is taxed on lines B). The limit counts from the start of the year.',
  'check.total.base-negative':
    'More advances are offset than revenue and new advances together: the total tax base is negative. Please check the offset table.',
  'check.total.tax-negative':
    'The tax on offset advances exceeds the tax due: the total is negative, and the form has no cell for a refund. Please check the offset table and its rates.',
  'check.total.no-tax': 'There is a tax base but no tax. Please check the rates.',
  'check.advance.description': 'Say what the advance is for.',
  'check.advance.no-amount': 'This row has no amount. Fill it in or delete the row.',
  'check.advance.no-rate': 'No rate is given: the tax on this advance is zero.',
} as const satisfies Record<keyof typeof ru, string>;
