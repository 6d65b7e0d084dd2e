import type { Atlas } from '../../scene/atlas.ts'
import type { Section } from '../../scene/bodymodel.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import type { Side, Vec3 } from '../../scene/orbit.ts'
import { bodyBox } from './boxes.ts'

/**
 * The three planes of the body: which axis they cut, on which side of it the body is taken away, and from where one then
 * looks at the cut. A transverse cut is seen from the feet, as a radiologist sees it.
 */
export const planes = {
  frontal: { axis: 2, sign: 1, from: 'front' },
  transverse: { axis: 1, sign: -1, from: 'below' },
  sagittal: { axis: 0, sign: 1, from: 'left' },
} as const satisfies Readonly<Record<string, { axis: 0 | 1 | 2; sign: 1 | -1; from: Side }>>
export type Plane = keyof typeof planes

export function planeOf({ normal }: Section): Plane {
  return normal[2] !== 0 ? 'frontal' : normal[1] !== 0 ? 'transverse' : 'sagittal'
}

/** A cut in a plane through the middle of the body. */
export function middleSection(atlas: Atlas, plane: Plane = 'frontal'): Section {
  const [low, high] = bodyBox(atlas)
  const { axis, sign } = planes[plane]
  const normal: [number, number, number] = [0, 0, 0]
  normal[axis] = sign
  return { normal, distance: ((low[axis] + high[axis]) / 2) * sign }
}

/** Turns the camera to the face of a cut. */
export function lookAtCut(control: CameraControl, atlas: Atlas, section: Section): void {
  const { axis, sign, from } = planes[planeOf(section)]
  const flat = (corner: Vec3) =>
    corner.map((value, i) => (i === axis ? section.distance * sign : value)) as unknown as Vec3
  const [low, high] = bodyBox(atlas)
  control.frame([flat(low), flat(high)], from)
}
