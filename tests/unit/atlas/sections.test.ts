import { describe, expect, it } from 'vitest'
import { checkSections } from '../../../electron/atlas/check/sections.ts'
import { Solid } from '../../../electron/atlas/check/solids.ts'
import type { Assets } from '../../../electron/atlas/library.ts'

type Range = readonly [number, number]

/** A box between two planes along each axis, mm. */
function box(id: string, x: Range, z: Range, y: Range = [0, 50]): Solid {
  const corner = (n: number) => [x[n & 1], y[(n >> 1) & 1], z[n >> 2]]
  const positions = Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap(corner))
  const faces = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ]
  return new Solid(id, positions, Uint32Array.from(faces.flatMap(([a, b, c, d]) => [a, b, c, a, c, d])))
}

const assets = (relations: Assets['relations'] = []): Assets => ({
  library: { structures: [], constructions: new Map(), problems: [] } as unknown as Assets['library'],
  terms: new Map(),
  relations,
  reviewed: [],
  materials: {},
  rig: {} as Assets['rig'],
  hiddenFirst: (id) => id.startsWith('fill') || id === 'cover',
  fill: (id) => id.startsWith('fill'),
})

const measure = (solids: readonly Solid[], relations: Assets['relations'] = []) =>
  checkSections(assets(relations), new Map(solids.map((s) => [s.id, s])))

const skin = box('skin', [0, 100], [0, 100])
const fat = box('subcutaneous-tissue', [4, 96], [4, 96])
/** A ring of muscle around a hollow of 40 × 40 mm, with a gap of `gap` mm on one side. */
const ring = (gap: number) => [
  box('a', [20, 30], [20, 80]),
  box('b', [70, 80], [20, 80]),
  box('c', [20, 80], [20, 30]),
  box('d', [20, 50 - gap / 2], [70, 80]),
  box('e', [50 + gap / 2, 80], [70, 80]),
]

describe('whose each part of a section is', () => {
  it('counts fat that lies open to the skin as fat', () => {
    const { unassignedShare, filledShare } = measure([skin, fat, box('a', [40, 60], [40, 60])])
    expect(unassignedShare).toBe(0)
    expect(filledShare).toBe(0)
  })

  it('counts a hollow that nothing claims as unassigned, also behind a gap of a few millimetres', () => {
    for (const gap of [0, 3]) expect(measure([skin, fat, ...ring(gap)]).unassignedShare).toBeCloseTo(0.16, 2)
    expect(measure([skin, fat, ...ring(12)]).unassignedShare).toBe(0)
  })

  it('gives it to a fill, which may reach into what it holds', () => {
    const { unassignedShare, filledShare, twiceShare } = measure([
      skin,
      fat,
      ...ring(0),
      box('fill', [25, 75], [25, 75]),
    ])
    expect(unassignedShare).toBe(0)
    expect(filledShare).toBeCloseTo(0.16, 2)
    expect(twiceShare).toBeLessThan(0.05)
  })

  it('does not count covers, and counts two fills in one place twice unless one holds the other', () => {
    const fills = [box('fill-1', [30, 70], [30, 70]), box('fill-2', [30, 70], [30, 70])]
    expect(measure([skin, fat, ...ring(0), box('cover', [30, 70], [30, 70])]).unassignedShare).toBeCloseTo(0.16, 2)
    const apart = measure([skin, fat, ...ring(0), ...fills])
    expect(apart.pairs).toContainEqual(expect.objectContaining({ a: 'fill-1', b: 'fill-2' }))
    const held = measure(
      [skin, fat, ...ring(0), ...fills],
      [{ subject: 'fill-1', relation: 'contains', object: 'fill-2', 'source-note': '' } as Assets['relations'][number]],
    )
    expect(held.pairs).not.toContainEqual(expect.objectContaining({ a: 'fill-1', b: 'fill-2' }))
  })
})
