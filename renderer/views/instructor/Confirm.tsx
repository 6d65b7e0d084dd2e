import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export type Question = {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly colour?: 'red' | 'turquoise'
  readonly perform: () => void
}

/** Asks before something that has consequences; says which. */
export function Confirm({ question, onClose }: { readonly question: Question | null; readonly onClose: () => void }) {
  const { t } = useTranslation('instructor')
  return (
    <Modal opened={question !== null} onClose={onClose} title={question?.title} centered>
      <Stack>
        <Text>{question?.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('confirm.no')}
          </Button>
          <Button
            color={question?.colour ?? 'turquoise'}
            data-confirm
            onClick={() => {
              question?.perform()
              onClose()
            }}
          >
            {question?.yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
