import type { FieldKindName } from '@sochi/forms-engine';
import type { ComponentType } from 'react';
import type { FieldProps } from './CellInput.tsx';
import { Code } from './Code.tsx';
import { Day } from './Day.tsx';
import { Inn } from './Inn.tsx';
import { Kind } from './Kind.tsx';
import { Money } from './Money.tsx';
import { Phone } from './Phone.tsx';
import { Rate } from './Rate.tsx';
import { Text } from './Text.tsx';

/** How each kind of field looks on the screen. */
export const FIELD_RENDERERS: Readonly<Record<FieldKindName, ComponentType<FieldProps>>> = {
  money: Money,
  rate: Rate,
  text: Text,
  inn: Inn,
  code: Code,
  phone: Phone,
  date: Day,
  kind: Kind,
};
