import { ActionIcon, Group, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChartLine, IconCommand, IconHome, IconSchool, IconSettings, IconSlice } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { AtlasProgress } from './AtlasProgress.tsx'
import { actions } from './actions.ts'
import { BodyIcon, Logo } from './Logo.tsx'
import { PersonMenu } from './PersonMenu.tsx'

/** The frame around every view: one slim bar, and the view below has the rest. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className="sina-shell" data-view={pathname.split('/')[1] || 'home'}>
      <button type="button" className="sina-skip" onClick={skip}>
        {t('common:skip')}
      </button>
      <header className="sina-bar">
        <NavLink to="/" className="sina-brand" aria-label="Sina">
          <Logo size={28} />
          <span>Sina</span>
        </NavLink>
        <nav aria-label={t('common:nav.label')}>
          <Place to="/" icon={<IconHome size={18} stroke={1.7} />} label={t('common:nav.home')} />
          <Place to="/atlas" icon={<BodyIcon size={18} />} label={t('common:nav.atlas')} />
          <Place to="/tissue" icon={<IconSlice size={18} stroke={1.7} />} label={t('common:nav.tissue')} />
          <Place to="/progress" icon={<IconChartLine size={18} stroke={1.7} />} label={t('common:nav.progress')} />
          <Place to="/instructor" icon={<IconSchool size={18} stroke={1.7} />} label={t('common:nav.instructor')} />
        </nav>
        <Group gap={6} ml="auto" wrap="nowrap">
          <AtlasProgress />
          <Tooltip label={t('common:action.palette')}>
            <UnstyledButton
              className="sina-command"
              aria-label={t('common:palette.open')}
              onClick={() => actions.perform('app.palette')}
            >
              <IconCommand size={15} stroke={1.7} aria-hidden />
              <span>{t('common:palette.open')}</span>
            </UnstyledButton>
          </Tooltip>
          <PersonMenu />
          <Tooltip label={t('common:nav.settings')}>
            <ActionIcon
              component={NavLink}
              to="/settings"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('common:nav.settings')}
            >
              <IconSettings size={20} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </header>
      <main id="sina-main" tabIndex={-1} className="sina-main">
        {children}
      </main>
    </div>
  )
}

function skip(): void {
  document.getElementById('sina-main')?.focus()
}

function Place({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  return (
    <NavLink
      to={to}
      end={to === '/'}
      aria-label={label}
      title={label}
      className={({ isActive }) => (isActive ? 'sina-place sina-here' : 'sina-place')}
    >
      {icon}
      <span>{label}</span>
    </NavLink>
  )
}
