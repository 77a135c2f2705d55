/** One line of the main table: its three cells and the rate it opens with. */
export interface ActivityLine {
  readonly code: string;
  readonly base: string;
  readonly rate: string;
  readonly tax: string;
  /** Formula of the default rate, per cent. */
  readonly usual: string;
}

const line = (
  code: string,
  [base, rate, tax]: readonly [string, string, string],
  usual: string,
): ActivityLine => ({
  code,
  base,
  rate,
  tax,
  usual,
});

/** Bishkek has offices 001-004, Osh city 032. */
const inBishkekOrOsh = "oneOf($officeCode, '001', '002', '003', '004', '032')";

export const TRADE_A = [line('tradeA', ['050', '051', '052'], '0.5')];
export const TRADE_B = [
  line('tradeB.cash', ['053', '054', '055'], '4'),
  line('tradeB.noncash', ['056', '057', '058'], '2'),
];
export const PRODUCTION = [
  line('prod.cash', ['060', '061', '062'], '4'),
  line('prod.noncash', ['063', '064', '065'], '2'),
];
export const OTHER = [
  line('other.cash', ['067', '068', '069'], '6'),
  line('other.noncash', ['070', '071', '072'], '4'),
];
export const CATERING = [
  line('catering.cash', ['074', '075', '076'], `if(${inBishkekOrOsh}, 6, 4)`),
  line('catering.noncash', ['077', '078', '079'], `if(${inBishkekOrOsh}, 4, 2)`),
];
export const SEPARATE = [
  line('sewing', ['130', '131', '132'], '0.25'),
  line('jewelry', ['133', '134', '135'], '0.25'),
  line('lottery', ['136', '137', '138'], '0'),
  line('sauna', ['139', '140', '141'], '8'),
  line('billiards', ['142', '143', '144'], '8'),
  line('bath', ['145', '146', '147'], '8'),
  line('creative', ['148', '149', '150'], '1'),
  line('art324', ['151', '152', '153'], '3'),
  line('agri', ['154', '155', '156'], '0.5'),
  line('milk', ['157', '158', '159'], '0.25'),
  line('anon', ['160', '161', '162'], '4'),
];
export const FREE_ZONE = [
  line('fez.partial', ['163', '164', '165'], '1'),
  line('fez.same', ['166', '167', '168'], '3'),
];
export const LAST = [
  line('school', ['170', '171', '172'], '1'),
  line('statereal', ['173', '174', '175'], '0'),
  line('virtual', ['176', '177', '178'], '8'),
  line('abroad', ['179', '180', '181'], '0'),
];

/** All 26 lines in the order of the printed form. */
export const ACTIVITY_LINES: readonly ActivityLine[] = [
  ...TRADE_A,
  ...TRADE_B,
  ...PRODUCTION,
  ...OTHER,
  ...CATERING,
  ...SEPARATE,
  ...FREE_ZONE,
  ...LAST,
];

/** The rates that the form accepts, per cent [S]. */
export const ALLOWED_RATES = ['0', '0.1', '0.25', '0.5', '1', '2', '3', '4', '6', '8'] as const;
