import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './column-table.module.css';

/** A column: its name, shown above and, on a narrow screen, beside each value. */
export type Column<Row> = { name: string; cell: (row: Row) => ReactNode };

/** A table of rows. On a narrow screen each row is a card. */
export const ColumnTable = <Row extends { id: string }>({
  columns,
  rows,
}: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}): ReactNode => (
  <table className={styles['table']}>
    <thead>
      <tr>
        {columns.map(({ name }) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          {columns.map(({ name, cell }) => (
            <td key={name} data-label={name}>
              {cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** The link to a row's filing, which takes clicks anywhere in the row. */
export const FilingRowLink = ({ id, children }: { id: string; children: ReactNode }): ReactNode => (
  <Link to="/filings/$id" params={{ id }} className={styles['whole']}>
    {children}
  </Link>
);
