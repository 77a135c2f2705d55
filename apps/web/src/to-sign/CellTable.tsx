import type { FormModule } from '@sochi/forms';
import type { ReactNode } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import styles from './report.module.css';

type Props = { codes: readonly string[]; form: FormModule; cells: Readonly<Record<string, string>> };

/** Single cells: code, caption, value. A cell that is not in the file (the agency fills it in) has no line. */
export const CellTable = ({ codes, form, cells }: Props): ReactNode => {
  const { language } = useLanguage();
  const known = form.definition.cells.filter(({ code }) => codes.includes(code) && code in cells);
  return (
    <table className={styles['pairs']}>
      <tbody>
        {known.map(({ code, label }) => (
          <tr key={code}>
            <th scope="row">
              <small>{code}</small> {form.labels[language][label]}
            </th>
            <td>{cells[code]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
