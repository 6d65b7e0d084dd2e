import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { HashRouter, Route, Routes, useLocation } from 'react-router'
import { Boundary } from './Boundary.tsx'
import { show } from './i18n.ts'
import { Palette } from './Palette.tsx'
import { followIdentity, meetHost } from './person.ts'
import { usePreferences } from './preferences.ts'
import { SafetyGate } from './SafetyGate.tsx'
import { Shell } from './Shell.tsx'
import { themeWithWords } from './theme.ts'
import { useShortcuts } from './useShortcuts.ts'
import { Waiting } from './Waiting.tsx'

const Home = lazy(() => import('../views/home/index.tsx'))
const AtlasView = lazy(() => import('../views/atlas/index.tsx'))
const Theatre = lazy(() => import('../views/theatre/index.tsx'))
const Progress = lazy(() => import('../views/progress/index.tsx'))
const Instructor = lazy(() => import('../views/instructor/index.tsx'))
const Tissue = lazy(() => import('../views/tissue/index.tsx'))
const Settings = lazy(() => import('../views/settings/index.tsx'))

/** The whole page. */
export function App() {
  const scheme = usePreferences((value) => value.theme)
  const language = usePreferences((value) => value.language)
  const textScale = usePreferences((value) => value.textScale)
  const contrast = usePreferences((value) => value.contrast)
  const { t } = useTranslation()
  const spoken = useMemo(() => themeWithWords(t('common:close')), [t])
  useEffect(() => {
    void meetHost()
    return followIdentity()
  }, [])
  useEffect(() => {
    void show(language)
  }, [language])
  useEffect(() => {
    document.documentElement.style.fontSize = `${Math.round(16 * textScale)}px`
  }, [textScale])
  useEffect(() => {
    const wanted = contrast === 'more' || window.matchMedia('(prefers-contrast: more)').matches
    document.documentElement.dataset.contrast = wanted ? 'more' : 'normal'
  }, [contrast])
  return (
    <MantineProvider theme={spoken} defaultColorScheme="auto" forceColorScheme={scheme === 'auto' ? undefined : scheme}>
      <Notifications position="bottom-center" limit={3} />
      <HashRouter>
        <Shortcuts />
        <Palette />
        <SafetyGate>
          <Shell>
            <ViewBoundary>
              <Suspense fallback={<Waiting />}>
                <Routes>
                  <Route path="/" element={<Home />} />
                  <Route path="/atlas" element={<AtlasView />} />
                  <Route path="/case/:packId/:caseId" element={<Theatre />} />
                  <Route path="/progress" element={<Progress />} />
                  <Route path="/instructor" element={<Instructor />} />
                  <Route path="/tissue" element={<Tissue />} />
                  <Route path="/tissue/:name" element={<Tissue />} />
                  <Route path="/settings" element={<Settings />} />
                  <Route path="*" element={<Home />} />
                </Routes>
              </Suspense>
            </ViewBoundary>
          </Shell>
        </SafetyGate>
      </HashRouter>
    </MantineProvider>
  )
}

/** A broken view does not keep the person from going elsewhere. */
function ViewBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  return <Boundary key={pathname}>{children}</Boundary>
}

function Shortcuts() {
  useShortcuts()
  return null
}
