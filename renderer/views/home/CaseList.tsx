import { Button, Stack, Text, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PackSummary } from '../../../core/contract/index.ts'
import { errorText } from '../../app/notify.ts'
import { PackBadges } from '../../app/PackBadges.tsx'
import { host } from '../../host/index.ts'

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'ready'; readonly packs: readonly PackSummary[] }

/** Cases of all packs in the library. */
export function CaseList() {
  const { t, i18n } = useTranslation()
  const [state, setState] = useState<State>({ status: 'loading' })
  useEffect(() => {
    const load = () =>
      host()
        .request('packs.list', {})
        .then(
          ({ packs }) => setState({ status: 'ready', packs }),
          (error: unknown) => setState({ status: 'failed', error }),
        )
    void load()
    return host().on('packs.changed', () => void load())
  }, [])
  const text = (texts: Readonly<Record<string, string>>) => texts[i18n.language] ?? texts.en ?? Object.values(texts)[0]

  return (
    <Stack gap="xs" component="section" aria-labelledby="home-cases">
      <Title order={2} id="home-cases">
        {t('common:home.cases')}
      </Title>
      {state.status === 'failed' && (
        <Text role="alert">
          {t('common:home.casesFailed')} {errorText(state.error).detail}
        </Text>
      )}
      {state.status === 'ready' && state.packs.every(({ cases }) => cases.length === 0) && (
        <Stack gap={6} align="flex-start">
          <Text c="dimmed">{t('common:home.noCases')}</Text>
          <Button component={Link} to="/instructor" variant="default">
            {t('common:home.importPack')}
          </Button>
        </Stack>
      )}
      {state.status === 'ready' &&
        state.packs.flatMap((pack) =>
          pack.cases.map((entry) => (
            <article key={`${pack.id}/${entry.id}`} className="sina-panel sina-case">
              <div>
                <Title order={3} className="sina-case-title" mb={6}>
                  {text(entry.title)}
                </Title>
                <PackBadges badges={pack.badges} />
              </div>
              {pack.trust === 'refused' ? (
                <Text size="sm" c="dimmed">
                  {t('common:home.locked')}
                </Text>
              ) : (
                <Button
                  component={Link}
                  to={`/case/${pack.id}/${entry.id}`}
                  variant="light"
                  flex="none"
                  rightSection={<IconArrowRight size={17} />}
                >
                  {t('common:home.open')}
                </Button>
              )}
            </article>
          )),
        )}
    </Stack>
  )
}
