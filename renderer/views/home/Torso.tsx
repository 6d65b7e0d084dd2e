import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { layerOf } from '../../../core/anatomy/outline.ts'
import { useAtlasBody } from '../../app/atlasstatus.ts'
import { motionNow, usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { BodyScene } from '../../scene/BodyScene.tsx'
import { CameraRig } from '../../scene/CameraRig.tsx'
import { CameraControl, FIELD_OF_VIEW } from '../../scene/cameracontrol.ts'
import { Meter } from '../../scene/counters.ts'
import type { Dissection } from '../../scene/dissection.ts'
import { FrameLoop } from '../../scene/FrameLoop.tsx'
import { LightRig } from '../../scene/LightRig.tsx'
import { frame, reachOf, type Vec3 } from '../../scene/orbit.ts'
import { type Quality, qualityFor, rendererName } from '../../scene/quality.ts'
import { SceneCanvas } from '../../scene/SceneCanvas.tsx'
import { useAtlas } from '../../scene/useAtlas.ts'

/** The body on the first page: skin and muscle taken from its left half, as on the cover of an atlas. */
export default function Torso() {
  const choice = usePreferences((value) => value.quality)
  const quality = useMemo(() => qualityFor(choice, rendererName()), [choice])
  const revision = useAtlasBody('male')?.revision ?? 0
  const state = useAtlas('male', quality.lod, revision)
  return <div className="sina-torso">{state.status === 'ready' && <Stage atlas={state.atlas} quality={quality} />}</div>
}

function Stage({ atlas, quality }: { atlas: Atlas; quality: Quality }) {
  const { t } = useTranslation()
  const box = useMemo(() => bodyBox(atlas), [atlas])
  const centre = useMemo<Vec3>(
    () => [0, 1, 2].map((axis) => (box[0][axis] + box[1][axis]) / 2) as unknown as Vec3,
    [box],
  )
  const control = useMemo(() => new CameraControl(frame({ yaw: -0.5, pitch: -0.05 }, box, FIELD_OF_VIEW, 0.95)), [box])
  const meter = useMemo(() => new Meter(), [])
  const dissection = useMemo(() => coverDissection(atlas), [atlas])
  useEffect(() => {
    control.motion = motionNow()
  }, [control])
  return (
    <SceneCanvas quality={quality} label={t('common:home.bodyAlt')}>
      <LightRig centre={centre} radius={reachOf(box)} shadows={quality.shadows} />
      <BodyScene atlas={atlas} dissection={dissection} />
      <CameraRig control={control} centre={centre} />
      <FrameLoop meter={meter} quality={quality} />
    </SceneCanvas>
  )
}

function bodyBox(atlas: Atlas): readonly [Vec3, Vec3] {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (const { bounds } of atlas.structures)
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], bounds[0][axis])
      high[axis] = Math.max(high[axis], bounds[1][axis])
    }
  return [low as unknown as Vec3, high as unknown as Vec3]
}

/** Muscles on the right, bones and organs on the left of the body. */
function coverDissection(atlas: Atlas): Dissection {
  const opacity: Record<string, number> = {}
  for (const structure of atlas.structures) {
    const layer = layerOf(structure)
    if (structure.first === 'hidden' || layer < 2 || (layer < 4 && structure.side === 'left') || layer === 5)
      opacity[structure.id] = 0
  }
  return { opacity, selected: null }
}
