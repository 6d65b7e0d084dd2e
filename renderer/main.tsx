import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './fonts.css'
import './app/app.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startI18n } from './app/i18n.ts'
import { preferences } from './app/preferences.ts'

const root = document.getElementById('root')
if (!root) throw new Error('page/no-root')
await startI18n(preferences.getState().language)
createRoot(root).render(<App />)
