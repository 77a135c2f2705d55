import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, type ReactNode } from 'react';
import { router } from './router.tsx';
import { theme } from './theme.ts';

/** The whole portal. */
export const App = (): ReactNode => (
  <StrictMode>
    <MantineProvider theme={theme} forceColorScheme="light">
      <RouterProvider router={router} />
    </MantineProvider>
  </StrictMode>
);
