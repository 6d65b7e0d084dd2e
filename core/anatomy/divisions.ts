import type { AtlasStructure } from './atlasfile.ts'

/** What must go and what must come when structures are shown, so that no place is filled twice. */
export type Exchange = { readonly hide: readonly string[]; readonly show: readonly string[] }

type Part = Pick<AtlasStructure, 'id' | 'parent' | 'material' | 'bounds' | 'first'>

/** A structure that is hidden at first, those that come with it, and those whose place it takes. */
type Division = { readonly own: readonly string[]; readonly replaced: readonly string[] }

/** Share of the smaller box that two boxes have in common, above which they fill the same place. */
const SAME_PLACE = 0.3

export type Divisions = {
  /** What showing these structures means for the others that are shown. */
  exchange(ids: readonly string[], isShown: (id: string) => boolean): Exchange
}

/**
 * Wholes that their parts show better, and second divisions such as the segments of the liver, fill the place of what is
 * shown at first. Of a whole and its parts, or of two divisions of a whole, only one is seen at a time.
 */
export function divisionsOf(structures: readonly Part[]): Divisions {
  const byId = new Map(structures.map((part) => [part.id, part]))
  const childrenOf = new Map<string, Part[]>()
  for (const part of structures) {
    if (!part.parent) continue
    const list = childrenOf.get(part.parent) ?? []
    childrenOf.set(part.parent, list)
    list.push(part)
  }
  const divisions = structures
    .filter(({ first }) => first === 'hidden')
    .map((part) => divisionOf(part, byId, childrenOf))
    .filter(({ replaced }) => replaced.length > 0)
  return {
    exchange(ids, isShown) {
      const hide = new Set<string>()
      const show = new Set(ids)
      for (const { own, replaced } of divisions) {
        const comes = own.some((id) => show.has(id))
        const isBack = !comes && own.some(isShown) && replaced.some((id) => ids.includes(id))
        if (comes) for (const id of own) show.add(id)
        if (comes) for (const id of replaced) hide.add(id)
        if (isBack) for (const id of own) hide.add(id)
        if (isBack) for (const id of replaced) if (byId.get(id)?.first === 'shown') show.add(id)
      }
      for (const id of ids) hide.delete(id)
      return { hide: [...hide], show: [...show].filter((id) => !hide.has(id)) }
    },
  }
}

function divisionOf(
  whole: Part,
  byId: ReadonlyMap<string, Part>,
  childrenOf: ReadonlyMap<string, readonly Part[]>,
): Division {
  const fills = (other: Part) => other.id !== whole.id && other.material === whole.material && overlap(whole, other)
  const parts = (childrenOf.get(whole.id) ?? []).filter(fills)
  if (parts.length > 0) return { own: [whole.id], replaced: parts.map(({ id }) => id) }
  const parent = whole.parent ? byId.get(whole.parent) : undefined
  // A part of something that is drawn whole lies in it and replaces nothing.
  if (parent && parent.first === 'shown') return { own: [whole.id], replaced: [] }
  // What belongs to a system only lies side by side.
  if (!whole.parent || whole.parent.endsWith('-system')) return { own: [whole.id], replaced: [] }
  const beside = (childrenOf.get(whole.parent) ?? []).filter(({ material }) => material === whole.material)
  const own = beside.filter(({ first }) => first === 'hidden').map(({ id }) => id)
  const others = beside.filter(({ first }) => first === 'shown')
  const meets = others.filter((other) => own.some((id) => overlap(byId.get(id) ?? whole, other)))
  if (meets.length === 0) return { own: [whole.id], replaced: [] }
  return { own, replaced: [...meets.map(({ id }) => id), ...(parent ? [parent.id] : [])] }
}

function overlap(a: Pick<Part, 'bounds'>, b: Pick<Part, 'bounds'>): boolean {
  let common = 1
  let least = [1, 1]
  for (let axis = 0; axis < 3; axis++) {
    const low = Math.max(a.bounds[0][axis], b.bounds[0][axis])
    const high = Math.min(a.bounds[1][axis], b.bounds[1][axis])
    common *= Math.max(0, high - low)
    least = [least[0] * (a.bounds[1][axis] - a.bounds[0][axis]), least[1] * (b.bounds[1][axis] - b.bounds[0][axis])]
  }
  return common > SAME_PLACE * Math.min(...least)
}
