import { BufferAttribute, BufferGeometry } from 'three'
import type { Atlas } from '../../../scene/atlas.ts'
import type { Field } from './field.ts'
import { skinAround } from './skin.ts'

/** The patient's skin as the theatre needs it. */
export type BodySkin = {
  /** What is drawn around the operative field; null when no atlas could be had. */
  around: BufferGeometry | null
  /** All of the skin, for laying cloth over it: body frame, metres. */
  positions: ArrayLike<number>
  index: ArrayLike<number>
  /** Lowest point of the back, z in the body frame, metres. */
  backZ: number
}

/** Structures that are the outside of the body. */
const OUTSIDE = /^(skin|nipple|areola)/

/** Takes skin, nipples and areolae out of a loaded atlas. */
export function bodySkin(atlas: Atlas, field: Field): BodySkin | null {
  const rows = new Map(atlas.structures.filter(({ id }) => OUTSIDE.test(id)).map((s) => [s.index, s.id]))
  for (const system of atlas.systems) {
    const source = system.geometry.getIndex()
    if (!source || ![...rows.keys()].some((row) => system.ranges.has(row))) continue
    const index: number[] = []
    for (const row of rows.keys()) {
      const range = system.ranges.get(row)
      if (!range) continue
      for (let i = range.start; i < range.start + range.count; i++) index.push(source.getX(i))
    }
    const geometry = new BufferGeometry()
    for (const name of ['position', 'normal', 'openness'])
      if (system.geometry.hasAttribute(name)) geometry.setAttribute(name, system.geometry.getAttribute(name))
    geometry.setAttribute('darker', darker(system.geometry, rows))
    geometry.setIndex(index)
    const positions = system.geometry.getAttribute('position').array
    return { around: skinAround(geometry, field), positions, index, backZ: lowestBack(positions, index) }
  }
  return null
}

/** 1 on nipple and areola, 0 on other skin. */
function darker(source: BufferGeometry, rows: ReadonlyMap<number, string>): BufferAttribute {
  const structure = source.getAttribute('structure')
  const values = new Float32Array(structure.count)
  for (let i = 0; i < values.length; i++) values[i] = /^(nipple|areola)/.test(rows.get(structure.getX(i)) ?? '') ? 1 : 0
  return new BufferAttribute(values, 1)
}

function lowestBack(positions: ArrayLike<number>, index: ArrayLike<number>): number {
  let lowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < index.length; i++) {
    const at = index[i] * 3
    const y = positions[at + 1]
    if (Math.abs(positions[at]) < 0.16 && y > 1.05 && y < 1.42) lowest = Math.min(lowest, positions[at + 2])
  }
  return Number.isFinite(lowest) ? lowest : -0.13
}

/**
 * Without an atlas: a plain trunk through the operative field, so that cloth has something to lie on and the case can go
 * on. Only the field itself is then drawn as skin.
 */
export function plainTrunk(field: Field): BodySkin {
  const middle = field.skinPoint(field.widthMm / 2, field.heightMm / 2)
  const half = Math.abs(middle.x)
  const around = 40
  const rows = 24
  const positions: number[] = []
  const index: number[] = []
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i < around; i++) {
      const angle = (2 * Math.PI * i) / around
      positions.push(half * Math.cos(angle), 0.9 + (0.62 * j) / rows, middle.z + 0.11 * Math.sin(angle))
      if (j === rows) continue
      const a = j * around + i
      const b = j * around + ((i + 1) % around)
      index.push(a, b, a + around, b, b + around, a + around)
    }
  }
  return { around: null, positions, index, backZ: middle.z - 0.11 }
}
