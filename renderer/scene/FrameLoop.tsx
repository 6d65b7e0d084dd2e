import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import type { Meter } from './counters.ts'
import type { Quality } from './quality.ts'
import { StillPicture } from './stillpicture.ts'

const REST_MS = 160

type Props = {
  readonly meter: Meter
  readonly quality: Quality
}

/**
 * Draws the frames of a canvas and counts what they cost. While nothing moves, several frames with jittered camera,
 * lamp and sky are gathered into one picture with soft shadows and true ambient occlusion.
 */
export function FrameLoop({ meter, quality }: Props) {
  const { gl, invalidate } = useThree()
  const still = useMemo(() => (quality.stillFrames > 0 ? new StillPicture(quality.stillFrames) : null), [quality])
  useEffect(() => meter.watch(gl), [meter, gl])
  useEffect(() => () => still?.dispose(), [still])
  useEffect(() => {
    if (!still) return
    still.ask = () => invalidate()
  }, [still, invalidate])

  useFrame((state) => {
    const begun = meter.begin()
    if (still && state.gl.xr.isPresenting === false) still.frame(state.gl, state.scene, state.camera, REST_MS)
    else state.gl.render(state.scene, state.camera)
    meter.end(begun)
  }, 1)
  return null
}
