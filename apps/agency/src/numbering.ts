import type pg from 'pg';

const BLOCK = 100;

/** Numbers of the agency: unique over processes and restarts; a restart may leave a gap. */
export const createNumbering = (pool: pg.Pool): ((year: number) => Promise<string>) => {
  let next = 0;
  let end = 0;
  let taking: Promise<void> | undefined;
  const take = async (): Promise<void> => {
    const { rows } = await pool.query<{ block: string }>(`select nextval('agency.number_block') as block`);
    const [row] = rows;
    if (!row) throw new Error('the sequence of numbers gave none');
    next = Number(row.block) * BLOCK;
    end = next + BLOCK;
  };
  return async (year) => {
    while (next >= end) {
      taking ??= take().finally(() => {
        taking = undefined;
      });
      await taking;
    }
    const number = next;
    next += 1;
    return `ГНС-${year}-${String(number).padStart(9, '0')}`;
  };
};
