import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import {
  add,
  cross,
  distanceBetween,
  dot,
  length,
  mix,
  scale,
  squareTo,
  sub,
  unit,
  type Vec3,
} from '../../../core/modelling/vec.ts'
import type { Assets } from '../library.ts'
import type { BodyMeshes } from '../meshes.ts'
import { movementOf, posingOf } from '../posed.ts'
import { counterpartOf } from './counterparts.ts'
import { fitGrown, joined, point, principalExtents } from './shapes.ts'
import { Solid } from './solids.ts'

/** A built bone beside the measured one, mm: greatest and middle extent along its principal axes. */
export type BoneRow = {
  readonly bone: string
  readonly length: number
  readonly measuredLength: number
  readonly width: number
  readonly measuredWidth: number
}

/** How far the centre of a left joint lies from the measured one (the mean of both sides), mm; to the left, up, to the front. */
export type JointRow = { readonly joint: string; readonly mm: number; readonly off: Vec3 }

export type BonesReport = { readonly bones: readonly BoneRow[]; readonly joints: readonly JointRow[] }

type Sex = 'male' | 'female'

/** Budgets: share of a length or width, and mm between centres. */
export const BONE_SHARE = 0.05
export const CENTRE_MM = 10

const matrix = z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).length(3)
const vector = z.tuple([z.number(), z.number(), z.number()])
const figuresSchema = z.looseObject({
  meta: z.looseObject({ hraPose: z.looseObject({ bodies: z.record(z.string(), matrix) }) }),
  bones: z.array(z.looseObject({ bone: z.string(), extents: vector.optional() })),
  joints: z.array(z.looseObject({ joint: z.string(), centre: vector, axes: z.array(vector).optional() })),
})
const organsSchema = z.looseObject({
  nodes: z.array(z.looseObject({ node: z.string(), extents: vector.optional() })),
})
type Figures = z.infer<typeof figuresSchema>

/** The pose that `meta.hraPose` brings the figures into. */
const POSE = 'hra'

/**
 * Joints that are compared: found on `bone`, a round of about `r` mm, where it faces `faced`; the figure moves with
 * `body`. The measured knee centre lies `medially` of the middle of its own condyles (mm, from their box).
 */
const JOINTS = [
  { joint: 'hip', figure: 'hip', body: 'femur', bone: 'femur', faced: undefined, r: 25, medially: 0 },
  { joint: 'knee', figure: 'walker_knee', body: 'femur', bone: 'femur', faced: 'tibia', r: 25, medially: 7 },
  { joint: 'shoulder', figure: 'acromial', body: 'humerus', bone: 'humerus', faced: undefined, r: 24, medially: 0 },
  { joint: 'elbow', figure: 'elbow', body: 'humerus', bone: 'humerus', faced: 'ulna', r: 11.5, medially: 0 },
] as const

/** Measures the bones of a body that stands as defined beside the figures of `bones.json` and of `organs.json` in its folder. Throws when one is of another kind. */
export function checkBones(
  meshes: BodyMeshes,
  solids: ReadonlyMap<string, Solid>,
  sex: Sex,
  file: string,
): BonesReport {
  const figures = figuresSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const organs = organsSchema.parse(JSON.parse(readFileSync(join(dirname(file), 'organs.json'), 'utf8')))
  const measured = [...organs.nodes.map(({ node, extents }) => ({ bone: node, extents })), ...figures.bones]
  const posing = posingOf(meshes.assets, POSE)
  const posed = (id: string): Posed | undefined => {
    const [solid, mesh] = [solids.get(id), meshes.mesh(id)]
    if (!solid || !mesh) return undefined
    const movement = movementOf(id, mesh, posing, meshes.assets)
    const move = (positions: Float32Array) => {
      const moved = positions.slice()
      movement?.move(moved)
      return moved
    }
    return { solid: new Solid(id, move(solid.positions), solid.indices), move }
  }
  return {
    bones: measured.flatMap((figure) => boneRow(figure, sex, (id) => posed(id)?.solid) ?? []),
    joints: JOINTS.flatMap((joint) => jointRow(joint, figures, meshes.assets, posed) ?? []),
  }
}

/** A bone in the pose of the figures, and how it came there. */
type Posed = { readonly solid: Solid; readonly move: (positions: Float32Array) => Float32Array }

/** Rows beyond the budget, as lines for a person; the first line counts them. */
export function bonesText(report: BonesReport): string[] {
  const { bones, joints } = beyondBudget(report)
  const beside = (is: number, measured: number) => `${is.toFixed(0)} mm, measured ${measured.toFixed(0)}`
  const signed = (mm: number) => `${mm < 0 ? '' : '+'}${mm.toFixed(0)}`
  return [
    `bones: ${bones.length} of ${report.bones.length} differ by more than 5 % in length or width; ${joints.length} of ${report.joints.length} joint centres by more than ${CENTRE_MM} mm`,
    ...bones.map(
      (b) => `  ${b.bone}: long ${beside(b.length, b.measuredLength)}; wide ${beside(b.width, b.measuredWidth)}`,
    ),
    ...joints.map((j) => `  ${j.joint}: ${j.mm.toFixed(0)} mm off (${j.off.map(signed).join(', ')})`),
  ]
}

/** Rows beyond the budget. */
export function beyondBudget({ bones, joints }: BonesReport): BonesReport {
  const far = (is: number, measured: number) => Math.abs(is / measured - 1) > BONE_SHARE
  return {
    bones: bones.filter((b) => far(b.length, b.measuredLength) || far(b.width, b.measuredWidth)),
    joints: joints.filter((j) => j.mm > CENTRE_MM),
  }
}

function boneRow(
  { bone, extents }: { bone: string; extents?: readonly number[] },
  sex: Sex,
  posed: (id: string) => Solid | undefined,
): BoneRow | undefined {
  const parts = (counterpartOf(bone, sex) ?? []).flatMap((id) => posed(id) ?? [])
  if (parts.length === 0 || !extents) return undefined
  const [length, width] = principalExtents(joined(parts))
  const [measuredLength, measuredWidth] = extents.map((m) => m * 1000).sort((a, b) => b - a)
  return { bone: parts.length > 1 ? bone : parts[0].id, length, measuredLength, width, measuredWidth }
}

/**
 * A ball joint's centre is that of the sphere of its head. A hinge's lies on the axis of the round that turns in it,
 * level with the middle of what faces the other bone.
 */
function jointRow(
  { joint, figure, body, bone, faced, r, medially }: (typeof JOINTS)[number],
  figures: Figures,
  assets: Assets,
  posed: (id: string) => Posed | undefined,
): JointRow | undefined {
  const found = posed(`${bone}-l`)
  const other = faced && posed(`${faced}-l`)?.solid
  const rig = assets.rig.joints.find(({ id }) => id === `${joint}-l`)
  const left = measuredJoint(figures, figure, body, 'l')
  const right = measuredJoint(figures, figure, body, 'r')
  if (!found || (faced && !other) || !rig || !left || !right) return undefined
  const { solid, move } = found
  const start = point(move(Float32Array.from(rig.centre)), 0)
  const centre = other ? hingeCentre(solid, other, left.axis, start, r) : ballCentre(solid, start, r)
  const [x, y, z] = right.centre
  const off = sub([centre[0] - medially, centre[1], centre[2]], mix(left.centre, [-x, y, z], 0.5))
  return { joint: rig.id, mm: length(off), off }
}

/** A joint of the figures in the pose of the reference: centre (mm) and first axis. */
function measuredJoint(figures: Figures, name: string, body: string, side: 'l' | 'r') {
  const found = figures.joints.find(({ joint }) => joint === `${name}_${side}`)
  const rows = figures.meta.hraPose.bodies[`${body}_${side}`]
  if (!found?.axes || !rows) return undefined
  const [x, y, z] = rows.map((row) => row[3])
  return { centre: scale(add(turned(rows, found.centre), [x, y, z]), 1000), axis: turned(rows, found.axes[0]) }
}

/** Points within this share of a radius are looked at; those this near to the round (mm) belong to it; nearer than this to the other bone they face it. */
const REACH = 1.9
const NEAR = 1.5
const FACING = 6

export function ballCentre(solid: Solid, start: Vec3, r: number): Vec3 {
  const { centre } = fitGrown(around(solid, start, r * REACH), { centre: start, r }, NEAR)
  return [centre[0], centre[1], centre[2]]
}

export function hingeCentre(solid: Solid, other: Solid, axis: Vec3, start: Vec3, r: number): Vec3 {
  const w = unit(axis)
  const u = squareTo([0, 1, 0], w)
  const v = cross(w, u)
  const points = around(solid, start, r * REACH)
  const flat = points.map((p) => [dot(p, u), dot(p, v)])
  const { centre } = fitGrown(flat, { centre: [dot(start, u), dot(start, v)], r }, NEAR)
  const along = points.filter(([x, y, z]) => other.distance(x, y, z, FACING) < FACING).map((p) => dot(p, w))
  const middle = (along.reduce((a, b) => Math.min(a, b)) + along.reduce((a, b) => Math.max(a, b))) / 2
  return add(add(scale(u, centre[0]), scale(v, centre[1])), scale(w, middle))
}

function around({ positions }: Solid, middle: Vec3, reach: number): Vec3[] {
  const found: Vec3[] = []
  for (let i = 0; i < positions.length / 3; i++) {
    const p = point(positions, i)
    if (distanceBetween(p, middle) < reach) found.push(p)
  }
  return found
}

function turned(rows: readonly (readonly number[])[], direction: Vec3): Vec3 {
  const [x, y, z] = rows.map((row) => dot([row[0], row[1], row[2]], direction))
  return [x, y, z]
}
