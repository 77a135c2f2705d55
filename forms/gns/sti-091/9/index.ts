import type { FormModule } from '@sochi/forms-engine';
import { definition } from './form.ts';
import { en } from './labels.en.ts';
import { ky } from './labels.ky.ts';
import { ru } from './labels.ru.ts';
import { fileName, toXml } from './output.ts';

export const form: FormModule = { definition, labels: { ru, ky, en }, toXml, fileName };
