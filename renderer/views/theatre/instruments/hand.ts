import { BufferAttribute, BufferGeometry, Group, Mesh, MeshBasicMaterial } from 'three'
import { contour } from '../../../../core/modelling/contour.ts'
import { Union } from '../../../../core/modelling/operators.ts'
import { sweep } from '../../../../core/modelling/sweep.ts'
import type { InstrumentModel } from './model.ts'
import { nitrile } from './surfaces.ts'

type Point = readonly [number, number, number]
/** A finger: joints from tip to knuckle and the radius at each, mm. */
type Digit = { joints: readonly Point[]; radii: readonly number[] }

/** Blending between digits and palm: the webs between fingers, mm. */
const WEB_MM = 7
const CELL_MM = 4

/** Index finger stretched out, its tip at the origin; the others bent into the palm, thumb against them. */
const DIGITS: readonly Digit[] = [
  {
    joints: [
      [0, 0, 6.5],
      [0, 1, 25],
      [-0.5, 2.5, 47],
      [-1, 1, 74],
      [-2, -1, 104],
    ],
    radii: [6.4, 7.3, 8, 8.8, 10.5],
  },
  {
    joints: [
      [15, -37, 76],
      [14, -38, 58],
      [14, -30, 44],
      [14, -8, 46],
      [14, 3, 72],
      [15, 0, 104],
    ],
    radii: [7, 7.6, 8.2, 8.6, 9.4, 11],
  },
  {
    joints: [
      [30, -38, 80],
      [29, -39, 64],
      [29, -32, 50],
      [29, -10, 52],
      [29, 1, 76],
      [28, -1, 106],
    ],
    radii: [6.8, 7.3, 7.9, 8.3, 9, 10.6],
  },
  {
    joints: [
      [43, -37, 88],
      [42, -37, 73],
      [42, -31, 61],
      [42, -13, 62],
      [42, -3, 82],
      [40, -4, 110],
    ],
    radii: [5.8, 6.2, 6.8, 7.2, 7.8, 9.6],
  },
  {
    joints: [
      [10, -38, 44],
      [-3, -38, 60],
      [-15, -31, 84],
      [-17, -22, 110],
      [-4, -12, 144],
    ],
    radii: [7, 8, 9.4, 12, 15],
  },
]

/** Palm and wrist: centre, half thickness, half width along the forearm. */
const PALM: readonly (readonly [Point, number, number])[] = [
  [[20, -5, 100], 10, 24],
  [[19, -8, 122], 13, 30],
  [[17, -10, 148], 15, 29],
  [[15, -11, 172], 16, 24],
  [[14, -11, 196], 17.5, 24],
  [[14, -12, 240], 21, 28],
]

let made: { finger: BufferGeometry; hand: BufferGeometry } | null = null

/** The finger is solid up to here from its tip; the hand behind is glass, so that it never hides the wound. mm. */
const SOLID_MM = 60
const GLASS_MM = 106
const GLASS = 0.34

/** A gloved right hand with the index finger stretched out: its tip is the tool's tip. */
export function buildFinger(): InstrumentModel {
  made ??= parted(handGeometry())
  const group = new Group()
  // The glass: depth first, then colour, so that it is one layer; the solid finger is seen through it.
  const depth = new Mesh(made.hand, new MeshBasicMaterial({ colorWrite: false, transparent: true }))
  const glass = nitrile()
  glass.transparent = true
  glass.vertexColors = true
  const hand = new Mesh(made.hand, glass)
  depth.renderOrder = 3
  hand.renderOrder = 4
  hand.userData.castsShadow = true
  group.add(new Mesh(made.finger, nitrile()), depth, hand)
  return { group, setJaw: () => {} }
}

/** Triangles that are wholly solid, and the others. */
function parted(whole: BufferGeometry): { finger: BufferGeometry; hand: BufferGeometry } {
  const colour = whole.getAttribute('color')
  const index = whole.getIndex()?.array ?? []
  const solid: number[] = []
  const clear: number[] = []
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [index[t], index[t + 1], index[t + 2]]
    const into = Math.min(colour.getW(a), colour.getW(b), colour.getW(c)) > 0.97 ? solid : clear
    into.push(a, b, c)
  }
  const part = (kept: number[]) => {
    const geometry = new BufferGeometry()
    for (const [name, attribute] of Object.entries(whole.attributes)) geometry.setAttribute(name, attribute)
    geometry.setIndex(kept)
    return geometry
  }
  return { finger: part(solid), hand: part(clear) }
}

function ease(share: number): number {
  const t = Math.max(0, Math.min(1, share))
  return t * t * (3 - 2 * t)
}

/** White everywhere, opaque at the finger, glass at the hand. */
function fading(positions: ArrayLike<number>): Float32Array {
  const colour = new Float32Array((positions.length / 3) * 4).fill(1)
  for (let i = 0; i < positions.length / 3; i++) {
    const along = ease((positions[i * 3 + 2] - SOLID_MM) / (GLASS_MM - SOLID_MM))
    // The bent fingers lie beside the solid one: they are hand as well.
    const beside = Math.max(ease((-8 - positions[i * 3 + 1]) / 9), ease((positions[i * 3] - 7.5) / 6))
    const share = Math.max(along, beside)
    colour[i * 4 + 3] = 1 + (GLASS - 1) * share
  }
  return colour
}

/** One skin over all of it, by the same kernel that makes the body. */
function handGeometry(): BufferGeometry {
  const digits = DIGITS.map(({ joints, radii }) =>
    sweep({ points: joints, radii: radii.map((r) => [r, r] as const), caps: 'round' }),
  )
  const palm = sweep({
    points: PALM.map(([centre]) => centre),
    radii: PALM.map(([, thick, wide]) => [thick, wide] as const),
    up: PALM.map(() => [0, 1, 0] as const),
    caps: 'flat',
  })
  const { positions, normals, indices } = contour(new Union([palm, ...digits], WEB_MM), CELL_MM)
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(normals, 3))
  geometry.setAttribute('color', new BufferAttribute(fading(positions), 4))
  geometry.setIndex(new BufferAttribute(indices, 1))
  return geometry.scale(0.001, 0.001, 0.001)
}
