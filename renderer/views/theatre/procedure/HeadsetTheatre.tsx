import { useFrame, useThree } from '@react-three/fiber'
import { useXR } from '@react-three/xr'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Vector3 } from 'three'
import { useTrainee } from '../../../app/person.ts'
import { preferences } from '../../../app/preferences.ts'
import { Comfort } from '../../../xr/Comfort.tsx'
import { padOf, shake } from '../../../xr/haptics.ts'
import { sideOf } from '../../../xr/inputs.ts'
import type { Run } from '../run/context.tsx'
import { RunProvider } from '../run/context.tsx'
import { HeadsetHands } from '../run/headsethands.ts'
import { headsetContent } from '../run/headsetpanel.ts'
import { TouchReader } from '../run/touch.ts'
import type { StageHandle } from '../stage/TheatreScene.tsx'

type Props = { readonly run: Run; readonly handle: StageHandle; readonly steering: 'own' | 'record' }

/** How far from the skin of the field the person stands, m. */
const STAND_M = 0.5

/** The theatre as a person in a headset meets it: where they stand, their hands, the panel, the tray. */
export function HeadsetTheatre(props: Props) {
  const session = useXR((state) => state.session)
  return session ? (
    <RunProvider value={props.run}>
      <InHeadset {...props} />
    </RunProvider>
  ) : null
}

function InHeadset({ run, handle, steering }: Props) {
  const { t } = useTranslation('theatre')
  const { gl } = useThree()
  const dominant = useTrainee()?.hand ?? 'right'
  const { theatre } = handle
  const place = useMemo(() => standing(handle), [handle])
  const hands = useMemo(() => new HeadsetHands(theatre, run, dominant), [theatre, run, dominant])
  const origin = useXR((state) => state.origin)
  const clock = useRef(0)
  const touch = useMemo(() => new TouchReader(), [])

  useEffect(() => {
    theatre.root.add(hands.group)
    hands.placeAround(place.stand, place.yaw)
    const target = window as unknown as { __sina?: Record<string, unknown> }
    const exposed = target.__sina ?? {}
    target.__sina = exposed
    exposed.headset = () => hands.summary()
    // Where a point of the field lies in the room (m); `outMm` above the skin.
    exposed.room = (uMm: number, vMm: number, outMm: number) =>
      theatre.field
        .skinPoint(uMm, vMm)
        .addScaledVector(theatre.field.w, outMm / 1000)
        .applyMatrix4(theatre.bodyMatrix)
        .toArray()
    return () => {
      delete exposed.headset
      delete exposed.room
      theatre.root.remove(hands.group)
      hands.dispose()
    }
  }, [theatre, hands, place])

  useFrame((_, delta, frame) => {
    if (!gl.xr.isPresenting) return
    clock.current += delta
    const space = gl.xr.getReferenceSpace()
    if (frame && space) {
      if (origin) origin.updateWorldMatrix(true, false)
      hands.read(gl.xr.getSession(), frame, space, origin?.matrixWorld ?? null)
    }
    hands.panel.show(
      headsetContent(run, hands.tab, (key, params) => t(key, params ?? {})),
      hands.hovered,
    )
    if (steering === 'own') run.live.hold(hands.samples())
    const snapshot = run.live.snapshot()
    theatre.update(snapshot, steering === 'own' ? hands.wanted() : [null, null], clock.current)
    const { haptics } = preferences.getState()
    const sources = gl.xr.getSession()?.inputSources
    if (steering === 'own' && sources)
      for (const hand of [0, 1] as const)
        shake(padOf(sources, sideOf(hand, dominant)), touch.read(hand, snapshot, performance.now(), haptics))
  })
  return <Comfort stand={place.stand} yaw={place.yaw} dominant={dominant} />
}

/** Beside the table on the sick side, looking at the field. */
function standing(handle: StageHandle): { stand: [number, number, number]; yaw: number } {
  const { field, bodyMatrix } = handle.theatre
  const target = field.skinPoint(field.widthMm / 2, field.heightMm / 2).applyMatrix4(bodyMatrix)
  const outward = field.w.clone().transformDirection(bodyMatrix)
  outward.y = 0
  outward.normalize()
  const stand = target.clone().addScaledVector(outward, STAND_M)
  const towards = new Vector3().subVectors(target, stand)
  return { stand: [stand.x, 0, stand.z], yaw: Math.atan2(-towards.x, -towards.z) }
}
