/**
 * Codes of the tax offices (header cell 104), from the list of the official web form as of about 2023-24 [S]; 006, 046 and 051
 * are absent there. Renames and the territorial reform since then are not in it, so an unknown code only warns.
 */
export const GNS_OFFICE_CODES: readonly string[] = [
  '001 002 003 004 005 007 008 009 010 011 012 013 014 015 016 017 018 019 020 021 022 023 024 025',
  '026 027 028 029 030 031 032 033 034 035 036 037 038 039 040 041 042 043 044 045 047 048 049 050',
  '052 053 054 055 056 057 058 059 060 992 993 994 995 996 997 998 999',
].flatMap((codes) => codes.split(' '));
