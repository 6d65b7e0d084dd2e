import type { AtlasStructure, Fibre, Terms } from '../../core/anatomy/atlasfile.ts'
import type { BodyStructure } from '../../core/modelling/compile.ts'
import { boxOfQuanta, QUANTUM_ORIGIN_M } from '../../core/modelling/quantise.ts'
import type { Assets } from './library.ts'
import type { Movement } from './posed.ts'
import { approvedBy } from './review.ts'
import type { StructureMesh } from './structuremesh.ts'

type Point = [number, number, number]

/** The row of a structure in atlas.json, but for where its triangles lie. `mesh` stands where `movement` brought it. Lengths in metres. */
export function describe(
  structure: BodyStructure,
  index: number,
  assets: Assets,
  mesh: StructureMesh,
  movement?: Movement,
): Omit<AtlasStructure, 'lods'> {
  const { id, definition, side } = structure
  const row = assets.terms.get(id)
  const flip = side === 'mirrored' ? -1 : 1
  const metres = (p: readonly [number, number, number]): Point => {
    const at = Float32Array.of(flip * p[0], p[1], p[2])
    movement?.move(at)
    return [at[0] / 1000, at[1] / 1000, at[2] / 1000].map((m) => Math.round(m * 1e5) / 1e5) as Point
  }
  const fibre = fibreOf(definition.fibre, flip, metres, movement)
  const approved = approvals(assets)
  const named = (key: string, terms: Partial<Terms>): Partial<Terms> => {
    const done = approved.get(key)
    return done ? { ...terms, ...Object.fromEntries([...done].map(([language, { term }]) => [language, term])) } : terms
  }
  const doubted = row?.review === 'y' && !approved.get(id)?.has('uzbek') ? ['uzbek' as const] : []
  return {
    id,
    index,
    terms: {
      latin: row?.latin || id,
      english: row?.english || id,
      russian: row?.russian || id,
      uzbek: row?.uzbek || id,
      ...named(id, {}),
    },
    doubted,
    review: !row || doubted.length > 0 || definition.review === true,
    ta2: row?.ta2 || null,
    system: systemOf(id, assets),
    region: row?.region || 'thorax',
    parent: row?.parent || null,
    side: row?.side || null,
    kind: row?.kind || 'organ',
    tier: row?.tier ? Number(row.tier) : null,
    material: definition.material,
    ...(fibre ? { fibre } : {}),
    relations: relationsOf(assets, id),
    first: assets.hiddenFirst(id) ? 'hidden' : 'shown',
    bounds: boundsOf(mesh.levels[0].q),
    volumeCm3: Math.round(mesh.volumeCm3 * 1000) / 1000,
    landmarks: Object.entries(definition.landmarks).map(([name, { at, latin, english, russian, uzbek }]) => ({
      id: name,
      at: metres(at),
      terms: named(`${definition.id}/${name}`, { latin, english, russian, uzbek }),
    })),
    sources: definition.sources,
  }
}

const relationsBySubject = new WeakMap<Assets, Map<string, { relation: string; object: string }[]>>()

/** What is said of a structure: relation and object. */
export function relationsOf(assets: Assets, id: string): { relation: string; object: string }[] {
  let found = relationsBySubject.get(assets)
  if (!found) {
    found = new Map()
    for (const { subject, relation, object } of assets.relations) {
      const list = found.get(subject)
      if (list) list.push({ relation, object })
      else found.set(subject, [{ relation, object }])
    }
    relationsBySubject.set(assets, found)
  }
  return found.get(id) ?? []
}

const approvalsOf = new WeakMap<Assets, ReturnType<typeof approvedBy>>()

function approvals(assets: Assets): ReturnType<typeof approvedBy> {
  const known = approvalsOf.get(assets) ?? approvedBy(assets.reviewed)
  approvalsOf.set(assets, known)
  return known
}

/** The system that a structure is drawn and counted with. */
export const systemOf = (id: string, assets: Assets): string => assets.terms.get(id)?.system || 'other'

function fibreOf(
  fibre: Fibre | undefined,
  flip: number,
  metres: (p: Point) => Point,
  movement: Movement | undefined,
): Fibre | undefined {
  if (!fibre || 'oblique' in fibre) return fibre
  if ('toward' in fibre) return { toward: metres(fibre.toward) }
  const along: Point = [flip * fibre.along[0], fibre.along[1], fibre.along[2]]
  return { along: movement ? [...movement.turn(along)] : along }
}

function boundsOf(q: Uint16Array): [Point, Point] {
  const { low, high } = boxOfQuanta(q)
  const metres = (p: Point): Point => p.map((v, c) => v / 32768 + QUANTUM_ORIGIN_M[c]) as Point
  return [metres(low), metres(high)]
}
