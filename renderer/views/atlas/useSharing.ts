import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { actions } from '../../app/actions.ts'
import { tell } from '../../app/notify.ts'
import { motionNow } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { type CameraControl, FIELD_OF_VIEW } from '../../scene/cameracontrol.ts'
import { startOf } from '../../scene/dissection.ts'
import { type Covered, frame } from '../../scene/orbit.ts'
import type { AtlasStore } from './atlasstore.ts'
import { bodyBox, shownBox } from './boxes.ts'
import { fromFile, fromQuery, type Shared, toFile, toQuery } from './share.ts'

export type Sharing = {
  readonly copyLink: () => void
  readonly save: () => void
  readonly open: (file: File) => Promise<void>
}

const BAR_PX = 52
const TREE_PX = 326
const FOOT_PX = 84
const INFO_PX = 350

/** What the panels cover of the canvas below the bar. */
export function coveredNow(selected: string | null): Covered {
  const tree = localStorage.getItem('sina-panel-tree') === 'folded' ? 0 : TREE_PX
  const height = Math.max(1, window.innerHeight - BAR_PX)
  return {
    left: tree / window.innerWidth,
    right: selected ? INFO_PX / window.innerWidth : 0,
    top: 0.02,
    bottom: FOOT_PX / height,
  }
}

const START = { yaw: -0.42, pitch: -0.06 }

/** Opens the dissection that the address names, and hands the present one on as a link or a file. */
export function useSharing(atlas: Atlas | null, store: AtlasStore, control: CameraControl): Sharing {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const ids = useMemo(() => atlas?.structures.map(({ id }) => id) ?? [], [atlas])
  const opened = useRef('')

  useEffect(() => {
    if (!atlas) return
    const key = `${atlas.body}?${query}`
    if (opened.current === key) return
    opened.current = key
    const shared = fromQuery(query, ids)
    const chosen = ['o', 'h', 'f', 's'].some((name) => query.has(name))
    control.motion = motionNow()
    // A link says what is shown; without one the body is as it is first seen.
    const dissection = chosen ? shared.dissection : startOf(atlas.structures)
    store.setState({ dissection, layer: 0, section: null, quiz: null })
    actions.forget()
    const box = chosen ? shownBox(atlas, shared.dissection) : bodyBox(atlas)
    control.aspect = window.innerWidth / Math.max(1, window.innerHeight - BAR_PX)
    control.covered = coveredNow(shared.dissection.selected)
    control.set(shared.view ?? frame(START, box, FIELD_OF_VIEW, control.aspect, control.covered))
  }, [atlas, ids, query, store, control])

  return useMemo(() => {
    const now = (): Shared => ({
      body: atlas?.body ?? 'male',
      dissection: store.getState().dissection,
      view: control.view,
    })
    return {
      copyLink: () => {
        const hash = `#/atlas?${toQuery(now(), ids)}`
        window.history.replaceState(null, '', hash)
        opened.current = `${atlas?.body}?${toQuery(now(), ids)}`
        navigator.clipboard.writeText(window.location.href).then(
          () => tell(t('atlas:share.copied')),
          () => tell(t('atlas:share.inAddress')),
        )
      },
      save: () => {
        const url = URL.createObjectURL(new Blob([toFile(now(), ids)], { type: 'application/json' }))
        const link = document.createElement('a')
        link.href = url
        link.download = 'dissection.sina.json'
        link.click()
        URL.revokeObjectURL(url)
      },
      open: async (file) => {
        try {
          const shared = fromFile(await file.text(), ids)
          store.setState({ dissection: shared.dissection, layer: 0 })
          if (shared.view) control.flyTo(shared.view)
        } catch {
          tell(t('atlas:share.unreadable'))
        }
      },
    }
  }, [atlas, ids, store, control, t])
}
