import type { CompiledBody } from '../../../core/modelling/compile.ts'
import type { Vec3 } from '../../../core/modelling/vec.ts'
import type { Assets } from '../library.ts'
import { LAYERS, SACS, type Solid } from './solids.ts'

/** Something that should touch and does not: how far it lies off, mm. */
export type Gap = { readonly structure: string; readonly relation: string; readonly other: string; readonly mm: number }

export type ContactReport = { readonly checked: number; readonly gaps: readonly Gap[] }

/** Largest gaps that count as touching, mm. */
const ALLOWED: Readonly<Record<string, number>> = { origin: 2, insertion: 2, 'branch-of': 1, 'tributary-of': 1 }
const FAR = 60

/** Muscles against the bones that they hold on to, branches against their parents. Only where both are built. */
export function checkContacts(assets: Assets, solids: ReadonlyMap<string, Solid>): ContactReport {
  let checked = 0
  const gaps: Gap[] = []
  const bands = [...solids.values()].filter((s) => BANDS.has(assets.terms.get(s.id)?.kind ?? ''))
  for (const { subject, relation, object } of assets.relations) {
    const allowed = ALLOWED[relation]
    const [a, b] = [solids.get(subject), solids.get(object)]
    if (allowed === undefined || !a || !b) continue
    checked++
    const mm = gapBetween(a, b)
    if (mm > allowed && !viaTendon(a, b, bands, allowed))
      gaps.push({ structure: subject, relation, other: object, mm: Math.round(mm * 10) / 10 })
  }
  return { checked, gaps: gaps.sort((a, b) => b.mm - a.mm) }
}

const BANDS = new Set(['tendon', 'ligament', 'membrane'])

/** Whether a tendon, ligament or aponeurosis of its own reaches from the one to the other. */
function viaTendon(a: Solid, b: Solid, bands: readonly Solid[], allowed: number): boolean {
  return bands.some(
    (t) => t !== a && t !== b && gapBetween(a, t, allowed + 1) <= allowed && gapBetween(t, b, allowed + 1) <= allowed,
  )
}

/** Least distance from the vertices of either to the surface of the other; 0 when they meet, `limit` when further. */
function gapBetween(a: Solid, b: Solid, limit = FAR): number {
  for (let c = 0; c < 3; c++) if (a.min[c] > b.max[c] + limit || b.min[c] > a.max[c] + limit) return limit
  let least = limit
  for (const [from, to] of [
    [a, b],
    [b, a],
  ]) {
    const { positions } = from
    for (let i = 0; i < positions.length && least > 0; i += 3)
      least = Math.min(least, Math.max(0, to.distance(positions[i], positions[i + 1], positions[i + 2], least)))
  }
  return least
}

const TUBES = new Set(['artery', 'vein', 'nerve', 'duct'])
/** A tube may end this far from what it reaches, mm. */
const REACH = 1

/** Ends of vessels, nerves and ducts that lie in no other structure and touch none. */
export function checkEnds(assets: Assets, body: CompiledBody, solids: ReadonlyMap<string, Solid>): ContactReport {
  let checked = 0
  const gaps: Gap[] = []
  const others = [...solids.values()].filter((s) => !LAYERS.test(s.id) && !SACS.test(s.id) && !assets.fill(s.id))
  for (const { id, definition, side } of body.structures) {
    const sweep = body.sweep(definition.id)
    if (!sweep || !TUBES.has(assets.terms.get(id)?.kind ?? '') || side === 'mirrored') continue
    const last = sweep.points.length - 1
    for (const [end, k] of [
      ['start', 0],
      ['end', last],
    ] as const) {
      checked++
      const r = Math.max(...sweep.radii[Math.min(k, sweep.radii.length - 1)])
      const mm = nearest(sweep.points[k], others, id) - r
      if (mm > REACH) gaps.push({ structure: id, relation: end, other: '', mm: Math.round(mm * 10) / 10 })
    }
  }
  return { checked, gaps: gaps.sort((a, b) => b.mm - a.mm) }
}

function nearest([x, y, z]: Vec3, others: readonly Solid[], self: string): number {
  let least = FAR
  for (const other of others) {
    if (other.id === self) continue
    least = Math.min(least, other.distance(x, y, z, least))
    if (least <= 0) break
  }
  return least
}
