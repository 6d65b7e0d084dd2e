import { Button } from '@mantine/core'
import { IconBadgeVr } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { tellError } from '../app/notify.ts'
import { xrStore } from './store.ts'
import { useHeadset } from './useheadset.ts'

/** Goes into the headset and comes back; shown only where there is one. */
export function EnterVR() {
  const { t } = useTranslation('theatre')
  const session = useStore(xrStore, (state) => state.session)
  if (useHeadset() !== 'yes') return null
  return (
    <Button
      size="compact-md"
      data-enter-vr
      leftSection={<IconBadgeVr size={18} />}
      onClick={() => {
        if (session) void session.end()
        else xrStore.enterVR().catch(tellError)
      }}
    >
      {t(session ? 'xr.leave' : 'xr.enter')}
    </Button>
  )
}
