import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileBody } from '../../../core/modelling/compile.ts'
import type { Field } from '../../../core/modelling/field.ts'
import { loadAssets } from '../../../electron/atlas/library.ts'

const assets = loadAssets(join(import.meta.dirname, '../../../assets'))
const male = compileBody(assets.library, { sex: 'male', params: { adiposity: 0, stature: 0 } })
const female = compileBody(assets.library, { sex: 'female', params: { adiposity: 2.5, stature: 0 } })
const bodies = { male, female }
const ids = new Set([...male.structures, ...female.structures].map((s) => s.id))

type Point = readonly [number, number, number]
const at = (field: Field, p: Point) => field.distance(p[0], p[1], p[2])

/** Sweep points of a structure that is one plain sweep. */
function courseOf(id: string): Point[] {
  const shape = male.structures.find((s) => s.id === id)?.definition.shape
  const points = shape?.sweep?.points
  if (!points) throw new Error(`${id} is no plain sweep`)
  return points as unknown as Point[]
}

/** The point of a course that lies furthest to the side. */
const widest = (course: Point[]): Point => course.reduce((a, b) => (Math.abs(b[0]) > Math.abs(a[0]) ? b : a))

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4294967296
  }
}

function pointsInside(field: Field, wanted: number, seed: number): Point[] {
  const next = seeded(seed)
  const { min, max } = field.bounds
  const found: Point[] = []
  for (let i = 0; i < wanted * 400 && found.length < wanted; i++) {
    const p = [0, 1, 2].map((c) => min[c] + (max[c] - min[c]) * next()) as unknown as Point
    if (at(field, p) < -0.3) found.push(p)
  }
  return found
}

describe('definitions', () => {
  it('are all accepted', () => {
    expect(assets.library.problems).toEqual([])
    expect(male.structures.length).toBeGreaterThan(400)
  })

  it('become fields with something inside, in both bodies', () => {
    for (const body of Object.values(bodies)) {
      for (const { id } of body.structures) {
        const { min, max } = body.field(id).bounds
        expect(Math.min(...[0, 1, 2].map((c) => max[c] - min[c])), id).toBeGreaterThan(0.5)
      }
    }
  })

  it('name a material of the table and a source', () => {
    for (const { definition } of male.structures) {
      expect(Object.keys(assets.materials), definition.id).toContain(definition.material)
      expect(definition.sources.length, definition.id).toBeGreaterThan(0)
    }
  })

  it('put every landmark on the surface of its structure, unless it is the middle of an opening', () => {
    const lean = compileBody(assets.library, { sex: 'female', params: { adiposity: 0, stature: 0 } })
    for (const body of [male, lean]) {
      for (const { id, definition, side } of body.structures) {
        // Her own definitions carry her own landmarks; what she shares is marked on him.
        if (side === 'mirrored' || (body === lean && definition.variant?.sex !== 'female')) continue
        for (const [name, mark] of Object.entries(definition.landmarks)) {
          // The woman of the operating table is obese: her nipple is marked there.
          const field = (id === 'nipple-l' && definition.variant ? female : body).field(id)
          if (!mark.opening) expect(Math.abs(at(field, mark.at)), `${id} ${name}`).toBeLessThan(3)
          expect([mark.latin, mark.english, mark.russian, mark.uzbek].every(Boolean), `${id} ${name}`).toBe(true)
        }
      }
    }
  })

  it('give every paired muscle, rib and vessel of the wall its twin', () => {
    for (const id of ids) {
      if (!/^(rib|costal-cartilage|pectoralis|serratus|intercostal|posterior-intercostal|areola)/.test(id)) continue
      expect(ids.has(id.endsWith('-l') ? id.replace(/-l$/, '-r') : id.replace(/-r$/, '-l')), id).toBe(true)
    }
  })
})

describe('terms', () => {
  it('stand in four languages for every structure', () => {
    for (const id of ids) {
      const row = assets.terms.get(id)
      expect(row, id).toBeDefined()
      for (const language of ['latin', 'english', 'russian', 'uzbek']) expect(row?.[language], id).toBeTruthy()
    }
  })

  it('have parents that are terms, up to the body', () => {
    for (const [id, row] of assets.terms) {
      if (id !== 'human-body') expect(assets.terms.has(row.parent), `${id} in ${row.parent}`).toBe(true)
    }
  })

  it('write Uzbek with its own letters', () => {
    for (const [id, row] of assets.terms) expect(row.uzbek, id).not.toMatch(/[oOgG]['’‘`]/)
  })

  it('are what relations speak of', () => {
    for (const r of assets.relations) {
      expect(assets.terms.has(r.subject), `${r.subject} ${r.relation}`).toBe(true)
      if (r.relation !== 'action')
        expect(assets.terms.has(r.object), `${r.subject} ${r.relation} ${r.object}`).toBe(true)
    }
  })
})

describe('the cage', () => {
  it('has its ribs in order from above', () => {
    for (const side of ['l', 'r']) {
      const tops = Array.from({ length: 12 }, (_, k) => male.field(`rib-${k + 1}-${side}`).bounds.max[1])
      expect(tops).toEqual([...tops].sort((a, b) => b - a))
    }
  })

  it('grows wider down to the eighth rib', () => {
    const width = (k: number) => male.field(`rib-${k}-l`).bounds.max[0]
    for (let k = 1; k < 7; k++) expect(width(k + 1)).toBeGreaterThan(width(k) - 1)
  })

  it.each([3, 4, 5, 6, 7, 8])('carries vein, artery and nerve under rib %i, in this order from above', (k) => {
    const rib = male.field(`rib-${k}-l`)
    const [vein, artery, nerve] = [
      'posterior-intercostal-vein',
      'posterior-intercostal-artery',
      'intercostal-nerve',
    ].map((name) => widest(courseOf(`${name}-${k}-l`)))
    expect(vein[1]).toBeGreaterThan(artery[1])
    expect(artery[1]).toBeGreaterThan(nerve[1])
    for (const p of [artery, nerve]) {
      expect(at(rib, p)).toBeGreaterThan(0)
      expect(at(rib, p)).toBeLessThan(7)
      expect(at(rib, [p[0], p[1] + 4, p[2]])).toBeLessThan(at(rib, p))
    }
  })

  it.each([3, 4, 5, 6, 7])('carries the collateral branch of space %i on the upper border of the rib below', (k) => {
    const below = male.field(`rib-${k + 1}-l`)
    const branch = widest(courseOf(`collateral-branch-of-posterior-intercostal-artery-${k}-l`))
    expect(at(below, branch)).toBeGreaterThan(0)
    expect(at(below, branch)).toBeLessThan(4)
    expect(at(below, [branch[0], branch[1] - 2, branch[2]])).toBeLessThan(at(below, branch))
  })

  it('has the nipple of the man at the fourth space, and that of the heavy woman lower', () => {
    const mark = (body: typeof male) =>
      body.structures.find((s) => s.id === 'nipple-l' && s.side === 'as-defined')?.definition.landmarks.nipple.at
    const [x, y] = mark(male)!
    const heightOfRib = (k: number) => {
      const f = male.field(`rib-${k}-l`)
      let best = { d: Infinity, y: 0 }
      for (let h = 1350; h < 1480; h += 1) {
        for (let z = 40; z < 110; z += 2) if (f.distance(x, h, z) < best.d) best = { d: f.distance(x, h, z), y: h }
      }
      return best.y
    }
    expect(y).toBeLessThan(heightOfRib(4))
    expect(y).toBeGreaterThan(heightOfRib(5))
    expect(mark(female)![1]).toBeLessThan(heightOfRib(5))
  })
})

describe('organs', () => {
  it.each([
    ['superior-lobe-of-lung-l', 'left-ventricle'],
    ['inferior-lobe-of-lung-r', 'liver'],
    ['inferior-lobe-of-lung-l', 'diaphragm'],
    ['inferior-lobe-of-lung-l', 'superior-lobe-of-lung-l'],
    ['liver', 'stomach'],
    ['superior-lobe-of-lung-r', 'rib-2-r'],
    ['inferior-lobe-of-lung-r', 'rib-7-r'],
    ['right-atrium', 'right-ventricle'],
  ])('%s leaves room for %s', (a, b) => {
    const [first, second] = [male.field(a), male.field(b)]
    for (const p of pointsInside(first, 150, 7)) expect(at(second, p), p.map(Math.round).join()).toBeGreaterThan(-1)
  })

  it('lie on their sides', () => {
    const centre = (id: string) => {
      const { min, max } = male.field(id).bounds
      return (min[0] + max[0]) / 2
    }
    expect(centre('liver')).toBeLessThan(-20)
    expect(centre('spleen')).toBeGreaterThan(50)
    expect(centre('left-ventricle')).toBeGreaterThan(20)
    expect(centre('right-atrium')).toBeLessThan(0)
  })
})

describe('skin', () => {
  it.each(['male', 'female'] as const)('covers bones and muscles of the %s body', (sex) => {
    const body = bodies[sex]
    const skin = body.field('skin')
    const inner =
      /^(rib|scapula|clavicle|sternum|vertebra|pectoralis|deltoid|latissimus|trapezius|serratus|rectus|infra|trachea|internal-jug)/
    for (const { id, side } of body.structures) {
      if (side === 'mirrored' || !inner.test(id)) continue
      for (const p of pointsInside(body.field(id), 25, 11)) {
        if (p[1] < 1040 || p[1] > 1598 || p[0] > 322) continue
        expect(at(skin, p), `${id} at ${p.map(Math.round).join()}`).toBeLessThan(0)
      }
    }
  })

  it('is thicker in the heavy woman', () => {
    const side: Point = [158, 1405, 20]
    expect(at(female.field('skin'), side)).toBeLessThan(at(male.field('skin'), side) - 15)
  })
})
