import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Settings under one heading. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  )
}

/** One setting: its name, a hint, its control. */
export function Row({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="sina-setting">
      <div>
        <Text>{label}</Text>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {children}
    </div>
  )
}
