import type { AtlasStructure } from '../../core/anatomy/atlasfile.ts'

/**
 * What is shown of a body: pure values and pure changes, so that menus, keys, links, undo and tests share one truth.
 * A structure without an entry is fully shown.
 */
export type Dissection = {
  /** Opacity by structure id: 0 hidden, between 0 and 1 faded. Absent: shown. */
  readonly opacity: Readonly<Record<string, number>>
  readonly selected: string | null
}

/** Opacity of a structure that was faded by command. */
export const FADED = 0.22

export const wholeBody: Dissection = { opacity: {}, selected: null }

/** How a body is first seen: wholes and second divisions wait until they are asked for. */
export function startOf(structures: readonly Pick<AtlasStructure, 'id' | 'first'>[]): Dissection {
  return hide(
    wholeBody,
    structures.filter(({ first }) => first === 'hidden').map(({ id }) => id),
  )
}

/** Opacity of one structure, 0 to 1. */
export function opacityOf(dissection: Dissection, id: string): number {
  return dissection.opacity[id] ?? 1
}

export function hide(dissection: Dissection, ids: readonly string[]): Dissection {
  const next = withOpacity(dissection, ids, 0)
  return dissection.selected !== null && ids.includes(dissection.selected) ? { ...next, selected: null } : next
}

export function fade(dissection: Dissection, ids: readonly string[], to: number = FADED): Dissection {
  return withOpacity(dissection, ids, to)
}

export function show(dissection: Dissection, ids: readonly string[]): Dissection {
  const opacity = { ...dissection.opacity }
  for (const id of ids) delete opacity[id]
  return { ...dissection, opacity }
}

/** Shows only the given structures of all. */
export function isolate(dissection: Dissection, ids: readonly string[], all: readonly string[]): Dissection {
  const kept = new Set(ids)
  const opacity: Record<string, number> = {}
  for (const id of all) if (!kept.has(id)) opacity[id] = 0
  const { selected } = dissection
  return { opacity, selected: selected !== null && kept.has(selected) ? selected : null }
}

/** Shows all that is first seen. */
export function showAll(dissection: Dissection, start: Dissection): Dissection {
  return { ...dissection, opacity: start.opacity }
}

export function select(dissection: Dissection, id: string | null): Dissection {
  return dissection.selected === id ? dissection : { ...dissection, selected: id }
}

function withOpacity(dissection: Dissection, ids: readonly string[], value: number): Dissection {
  const opacity = { ...dissection.opacity }
  for (const id of ids) {
    if (value >= 1) delete opacity[id]
    else opacity[id] = value
  }
  return { ...dissection, opacity }
}
