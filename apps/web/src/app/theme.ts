import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#eaf6f7',
  '#d8e9eb',
  '#aed2d7',
  '#82bac2',
  '#5ea6b0',
  '#4799a5',
  '#39929f',
  '#28788a',
  '#0b5563',
  '#084652',
];

const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif';

/** Calm and dense: one accent colour, 15 px text, system fonts (they have the Kyrgyz letters). */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: 8,
  colors: { petrol },
  fontFamily: FONTS,
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: FONTS,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.3' },
      h3: { fontSize: '1rem', lineHeight: '1.35' },
    },
  },
});
