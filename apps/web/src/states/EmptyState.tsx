import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { icon?: ReactNode; title: string; detail: string; children?: ReactNode };

/** Nothing here yet, and what to do next. */
export const EmptyState = ({ icon, title, detail, children }: Props): ReactNode => (
  <Stack align="center" gap="xs" py="xl" ta="center">
    {icon}
    <Title order={2}>{title}</Title>
    <Text c="dimmed" maw={460}>
      {detail}
    </Text>
    {children}
  </Stack>
);
