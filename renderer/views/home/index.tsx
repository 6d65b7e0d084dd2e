import './home.css'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconSlice } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { BodyIcon } from '../../app/Logo.tsx'
import { CaseList } from './CaseList.tsx'
import { Unfinished } from './Unfinished.tsx'

const Torso = lazy(() => import('./Torso.tsx'))

/** The first page: the body to explore, and the cases to practise. */
export default function Home() {
  const { t } = useTranslation()
  return (
    <div className="sina-home">
      <div className="sina-home-words">
        <Stack gap="xl" maw={560}>
          <Stack gap="sm">
            <Title order={1} className="sina-home-title">
              {t('common:home.title')}
            </Title>
            <Text size="lg" c="dimmed">
              {t('common:home.lead')}
            </Text>
            <Group mt="sm">
              <Button component={Link} to="/atlas" size="md" leftSection={<BodyIcon size={20} />}>
                {t('common:home.explore')}
              </Button>
              <Button
                component={Link}
                to="/tissue"
                size="md"
                variant="default"
                leftSection={<IconSlice size={20} aria-hidden />}
              >
                {t('common:home.tissue')}
              </Button>
            </Group>
          </Stack>
          <Unfinished />
          <CaseList />
        </Stack>
      </div>
      <Suspense fallback={null}>
        <Torso />
      </Suspense>
    </div>
  )
}
