import { expect, it } from 'vitest';
import { CertificateHolder } from './certification-shapes.ts';

const complex = (fullName: string) =>
  CertificateHolder.safeParse({ kind: 'complex', fullName, personalInn: '20101199000001' });
const agency = (name: string, organization: string) =>
  CertificateHolder.safeParse({ kind: 'agency', name, organization });

it('takes names in Cyrillic letters, trimmed', () => {
  expect(complex(' Асанова Айгүл\n').data).toMatchObject({ fullName: 'Асанова Айгүл' });
  expect(agency('Шлюз', 'ГНС «КР»').success).toBe(true);
});

it.each(['Асанова\nАйгүл', 'Асанова\tАйгүл', 'Асанова\u0000', 'Асанова\u001B[2J', 'Асанова\u007FА'])(
  'refuses a control character in a name: %j',
  (name) => {
    expect(complex(name).success).toBe(false);
    expect(agency(name, 'ГНС').success).toBe(false);
    expect(agency('Шлюз', name).success).toBe(false);
  },
);
