import { useThree } from '@react-three/fiber'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { type Group, Matrix4, Vector3 } from 'three'
import type { Atlas } from './atlas.ts'
import { BodyModel, type Section } from './bodymodel.ts'
import type { Dissection } from './dissection.ts'
import { Picker, startBvhWorker } from './picker.ts'
import { useStage } from './stage.tsx'
import { markChanged } from './stillpicture.ts'

/** A window in the body wall: what lies in this box of the field's frame is left out, for another mesh to fill. */
export type Aperture = {
  /** Body to field: u along x, v along y, outward along z; metres. */
  readonly bodyToField: Matrix4
  readonly halfU: number
  readonly halfV: number
}

type Props = {
  readonly atlas: Atlas
  readonly dissection: Dissection
  readonly hovered?: string | null
  readonly section?: Section | null
  readonly aperture?: Aperture | null
  /** 0.4 dry to 1.6 dripping; the atlas is 0.7. */
  readonly wetness?: number
  /** Reaches the model for what changes every frame: tint, offset. */
  readonly onModel?: (model: BodyModel | null, picker: Picker | null) => void
  /** Things that lie in the body's frame. */
  readonly children?: ReactNode
}

/** A body in the scene. Place and turn it by a group around it; everything inside is in the body frame, metres. */
export function BodyScene({ atlas, dissection, hovered, section, aperture, wetness, onModel, children }: Props) {
  const ask = useThree((state) => state.invalidate)
  const scene = useThree((state) => state.scene)
  const invalidate = useCallback(() => {
    markChanged(scene)
    ask()
  }, [scene, ask])
  const stage = useStage()
  const root = useRef<Group>(null)
  const model = useMemo(() => new BodyModel(atlas), [atlas])

  useEffect(() => {
    const picker = new Picker(atlas, model.state, startBvhWorker())
    pickerRef.current = picker
    const remove = stage.add((ray) => {
      const group = root.current
      if (!group) return null
      toBody.copy(group.matrixWorld).invert()
      origin.set(...ray.origin).applyMatrix4(toBody)
      direction.set(...ray.direction).transformDirection(toBody)
      const hit = picker.pick([origin.x, origin.y, origin.z], [direction.x, direction.y, direction.z])
      if (!hit) return null
      point.set(...hit.point).applyMatrix4(group.matrixWorld)
      return { structure: hit.structure, point: [point.x, point.y, point.z], distance: hit.distance }
    })
    onModel?.(model, picker)
    return () => {
      onModel?.(null, null)
      remove()
      picker.dispose()
      model.dispose()
    }
  }, [atlas, model, stage, onModel])
  const pickerRef = useRef<Picker | null>(null)

  useEffect(() => {
    model.apply(dissection)
    invalidate()
  }, [model, dissection, invalidate])
  useEffect(() => {
    model.hover(hovered ?? null)
    invalidate()
  }, [model, hovered, invalidate])
  useEffect(() => {
    model.section(section ?? null)
    if (pickerRef.current) pickerRef.current.section = section ?? null
    invalidate()
  }, [model, section, invalidate])
  useEffect(() => {
    model.uniforms.wetness.value = wetness ?? 0.7
    model.uniforms.apertureOn.value = aperture ? 1 : 0
    if (aperture) {
      model.uniforms.apertureMatrix.value.copy(aperture.bodyToField)
      model.uniforms.apertureHalf.value.set(aperture.halfU, aperture.halfV)
    }
    invalidate()
  }, [model, wetness, aperture, invalidate])

  return (
    <group ref={root}>
      <primitive object={model.group} />
      {children}
    </group>
  )
}

const toBody = new Matrix4()
const origin = new Vector3()
const direction = new Vector3()
const point = new Vector3()
