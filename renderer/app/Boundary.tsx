import { Button, Center, Code, Group, Stack, Text, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../host/index.ts'

type State = { readonly error: unknown }

/** Catches what breaks inside a view, tells the person and the host, and lets the view start again. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const message = error instanceof Error ? error.message : String(error)
    const report = {
      code: 'page/view-failed',
      message: message.slice(0, 2000),
      stack: (info.componentStack ?? '').slice(0, 8000),
      where: window.location.hash.slice(0, 200),
    }
    // The report is a courtesy; the person has been told whether or not it arrives.
    host()
      .request('app.clientError', report)
      .catch(() => undefined)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <Broken error={error} onAgain={() => this.setState({ error: undefined })} />
  }
}

function Broken({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation()
  return (
    <Center h="100%" p="xl" role="alert">
      <Stack maw={520} gap="md">
        <Title order={1}>{t('common:broken.title')}</Title>
        <Text>{t('common:broken.text')}</Text>
        <Code block>{error instanceof Error ? error.message : String(error)}</Code>
        <Group>
          <Button leftSection={<IconRefresh size={18} />} onClick={onAgain}>
            {t('common:broken.again')}
          </Button>
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('common:broken.reload')}
          </Button>
        </Group>
      </Stack>
    </Center>
  )
}
