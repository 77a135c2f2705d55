import type { ReactNode } from 'react';
import type { ReportReading } from './read-report.ts';
import styles from './report.module.css';

/** What stands in the file besides the cells of the form, by its name there. */
export const OtherTable = ({ others }: Pick<ReportReading, 'others'>): ReactNode => (
  <table className={styles['pairs']}>
    <tbody>
      {others.map(({ name, text }, index) => (
        <tr key={index}>
          <th scope="row">
            <code>{name}</code>
          </th>
          <td>{text}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
