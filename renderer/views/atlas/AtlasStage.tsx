import { Button, Text } from '@mantine/core'
import { useFrame, useThree } from '@react-three/fiber'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tell } from '../../app/notify.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { BodyScene } from '../../scene/BodyScene.tsx'
import type { BodyModel } from '../../scene/bodymodel.ts'
import { CameraRig } from '../../scene/CameraRig.tsx'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { Meter } from '../../scene/counters.ts'
import { opacityOf, select } from '../../scene/dissection.ts'
import { FrameLoop } from '../../scene/FrameLoop.tsx'
import { drawIdBuffer, pixelsOf } from '../../scene/idbuffer.ts'
import { LightRig } from '../../scene/LightRig.tsx'
import { reachOf, type Vec3 } from '../../scene/orbit.ts'
import type { Picker } from '../../scene/picker.ts'
import type { Quality } from '../../scene/quality.ts'
import { rendererName } from '../../scene/quality.ts'
import { SceneCanvas } from '../../scene/SceneCanvas.tsx'
import type { StageHit } from '../../scene/stage.tsx'
import { useAtlasState, useAtlasStore } from './atlasstore.ts'
import { bodyBox } from './boxes.ts'
import { Callouts } from './Callouts.tsx'
import { answerQuiz, blind, type Sight } from './quiz.ts'
import { exposeScene } from './sceneprobe.ts'
import { nameOf } from './terms.ts'
import { coveredNow } from './useSharing.ts'

type Props = {
  readonly atlas: Atlas
  readonly control: CameraControl
  readonly quality: Quality
  /** Set to what tells the structures in view. */
  readonly sight: RefObject<() => Sight>
}

/** The canvas of the atlas and the name under the cursor. */
export function AtlasStage({ atlas, control, quality, sight }: Props) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const dissection = useAtlasState((state) => state.dissection)
  const hovered = useAtlasState((state) => state.hovered)
  const section = useAtlasState((state) => state.section)
  const box = useMemo(() => bodyBox(atlas), [atlas])
  const centre = useMemo<Vec3>(() => [0, (box[0][1] + box[1][1]) / 2, (box[0][2] + box[1][2]) / 2], [box])
  const meter = useMemo(() => new Meter(), [])
  const [at, setAt] = useState({ x: 0, y: 0 })
  const [epoch, setEpoch] = useState(0)
  const [picture, setPicture] = useState<'coming' | 'there' | 'lost'>('coming')
  const onDrawn = useCallback(() => setPicture('there'), [])
  const model = useRef<BodyModel | null>(null)

  // At once, not after the next drawing: who selects and comes near in one step stands beside the panel that opens.
  useEffect(() => {
    const cover = () => {
      control.covered = coveredNow(store.getState().dissection.selected)
    }
    cover()
    return store.subscribe(cover)
  }, [control, store])

  const onModel = useCallback(
    (next: BodyModel | null, picker: Picker | null) => {
      model.current = next
      meter.loadMs = atlas.loadMs
      meter.name = rendererName()
      meter.state = () => next?.applyMs ?? 0
      meter.pick = () => ({ ms: picker?.pickMs ?? 0, ready: picker?.ready ?? false })
    },
    [atlas, meter],
  )
  const onPick = useCallback(
    (hit: StageHit | null) => {
      const { quiz } = store.getState()
      if (quiz) {
        if (hit?.structure) answerQuiz(store, quiz, hit.structure.id)
        return
      }
      store.setState((state) => ({ dissection: select(state.dissection, hit?.structure?.id ?? null) }))
    },
    [store],
  )
  const onHover = useCallback(
    (hit: StageHit | null, where: { x: number; y: number }) => {
      const id = hit?.structure?.id ?? null
      if (id !== store.getState().hovered) store.setState({ hovered: id })
      if (id) setAt(where)
    },
    [store],
  )
  // A fresh canvas gets a context of its own and uploads everything anew.
  const drawAgain = useCallback(() => {
    setPicture('coming')
    setEpoch((value) => value + 1)
  }, [])
  const onContext = useCallback(
    (state: 'lost' | 'restored') => {
      if (state === 'lost') return setPicture('lost')
      drawAgain()
      tell(t('atlas:context.restored'))
    },
    [t, drawAgain],
  )

  return (
    <div className="sina-canvas" data-hovered={hovered ?? ''}>
      <SceneCanvas key={epoch} quality={quality} label={t('atlas:canvas')} onContext={onContext}>
        <LightRig centre={centre} radius={reachOf(box)} shadows={quality.shadows} />
        <BodyScene atlas={atlas} dissection={dissection} hovered={hovered} section={section} onModel={onModel} />
        <CameraRig control={control} centre={centre} onPick={onPick} onHover={onHover} />
        <FrameLoop meter={meter} quality={quality} />
        <Probe meter={meter} model={model} control={control} sight={sight} />
        <FirstFrame key={epoch} onDrawn={onDrawn} />
      </SceneCanvas>
      <Callouts atlas={atlas} control={control} />
      <HoverName atlas={atlas} at={at} />
      {picture === 'coming' && (
        <div className="sina-panel sina-coming" role="status">
          {t('atlas:drawing')}
        </div>
      )}
      {picture === 'lost' && (
        <section className="sina-panel sina-lost" role="alert">
          <Text>{t('atlas:context.lost')}</Text>
          <Button size="compact-md" variant="default" onClick={drawAgain}>
            {t('atlas:context.again')}
          </Button>
        </section>
      )}
    </div>
  )
}

/** Tells when the first picture stands: until then materials are compiled and nothing is seen. */
function FirstFrame({ onDrawn }: { onDrawn: () => void }) {
  const told = useRef(false)
  useFrame(() => {
    if (told.current) return
    told.current = true
    requestAnimationFrame(onDrawn)
  }, 2)
  return null
}

/** Share of the picture's size at which is read what is in view. */
const SIGHT_SCALE = 0.4

function Probe(props: {
  meter: Meter
  model: { current: BodyModel | null }
  control: CameraControl
  sight: RefObject<() => Sight>
}) {
  const { gl, scene, camera, invalidate } = useThree()
  const { meter, model, control, sight } = props
  const store = useAtlasStore()
  useEffect(
    () => exposeScene({ gl, scene, camera, invalidate, meter, model, control, store }),
    [gl, scene, camera, invalidate, meter, model, control, store],
  )
  useEffect(() => {
    sight.current = () => {
      if (!model.current) return blind
      const buffer = drawIdBuffer(gl, scene, camera, model.current, SIGHT_SCALE)
      invalidate()
      return { pixels: pixelsOf(buffer, control.covered), total: buffer.width * buffer.height }
    }
    return () => {
      sight.current = () => blind
    }
  }, [gl, scene, camera, invalidate, model, control, sight])
  return null
}

function HoverName({ atlas, at }: { atlas: Atlas; at: { x: number; y: number } }) {
  const language = usePreferences((value) => value.terms)
  const hovered = useAtlasState((state) => state.hovered)
  const selected = useAtlasState((state) => state.dissection.selected)
  const opacity = useAtlasState((state) => (state.hovered ? opacityOf(state.dissection, state.hovered) : 0))
  const quiz = useAtlasState((state) => state.quiz)
  const structure = hovered ? atlas.byId.get(hovered) : undefined
  if (!structure || opacity === 0 || hovered === selected || quiz) return null
  const { name, latin } = nameOf(structure, language)
  return (
    <div className="sina-hover" style={{ left: at.x, top: at.y }} aria-hidden="true">
      <span>{name}</span>
      {language !== 'latin' && <span className="sina-latin">{latin}</span>}
    </div>
  )
}
