import { Canvas } from '@react-three/fiber'
import { type ReactNode, useEffect, useState } from 'react'
import { PCFShadowMap, SRGBColorSpace, type WebGLRenderer } from 'three'
import { watchContext } from './contextloss.ts'
import { PixelRatio } from './pixelratio.tsx'
import type { Quality } from './quality.ts'
import { type Stage, StageProvider } from './stage.tsx'
import { PLATE_EXPOSURE, plateToneMapping } from './tonemapping.ts'

type Props = {
  readonly children: ReactNode
  readonly quality: Quality
  readonly stage?: Stage
  /** Accessible name; the tree beside it is the accessible twin. */
  readonly label: string
  /** `demand` draws only what changed; `always` for a running procedure. */
  readonly frameloop?: 'demand' | 'always'
  readonly exposure?: number
  /** The graphics context was lost or came back. */
  readonly onContext?: (state: 'lost' | 'restored') => void
  readonly onRenderer?: (gl: WebGLRenderer) => void
}

/** The one canvas of a view, with Sina's colour handling. Its background is the page's. */
export function SceneCanvas({
  children,
  quality,
  stage,
  label,
  frameloop = 'demand',
  exposure = PLATE_EXPOSURE,
  onContext,
  onRenderer,
}: Props) {
  const [gl, setGl] = useState<WebGLRenderer | null>(null)
  const [ratio, setRatio] = useState<number | null>(null)
  useEffect(() => (gl && onContext ? watchContext(gl.domElement, onContext) : undefined), [gl, onContext])
  return (
    <Canvas
      frameloop={frameloop}
      dpr={ratio ?? [1, quality.maxPixelRatio]}
      shadows={quality.shadows === 'none' ? false : { type: PCFShadowMap }}
      gl={{
        antialias: quality.antialias === 'samples',
        alpha: true,
        powerPreference: 'high-performance',
        stencil: false,
      }}
      camera={{ fov: 26, near: 0.05, far: 20, position: [0, 1.3, 2] }}
      events={undefined}
      onCreated={(state) => {
        state.gl.toneMapping = plateToneMapping
        state.gl.toneMappingExposure = exposure
        state.gl.outputColorSpace = SRGBColorSpace
        state.gl.domElement.tabIndex = 0
        state.gl.domElement.setAttribute('role', 'img')
        state.gl.domElement.setAttribute('aria-label', label)
        setGl(state.gl)
        onRenderer?.(state.gl)
      }}
    >
      <PixelRatio value={setRatio}>
        <StageProvider stage={stage}>{children}</StageProvider>
      </PixelRatio>
    </Canvas>
  )
}
