import type { AtlasStructure } from './atlasfile.ts'

/** How the list of structures is arranged. */
export type Grouping = 'system' | 'region'

/** A line of the structure tree: a group, or a structure inside one. */
export type OutlineRow =
  | { readonly kind: 'group'; readonly key: string; readonly ids: readonly string[]; readonly open: 'open' | 'closed' }
  | { readonly kind: 'structure'; readonly structure: AtlasStructure; readonly group: string }

/** Systems from the skin inwards, as a dissection goes. */
export const systemOrder = [
  'integumentary',
  'muscular',
  'skeletal',
  'joints-ligaments',
  'respiratory',
  'heart',
  'cardiovascular-arteries',
  'cardiovascular-veins',
  'nervous-central',
  'nervous-peripheral',
  'lymphoid',
  'digestive',
  'urinary',
  'endocrine',
  'reproductive-female',
  'reproductive-male',
  'sensory',
] as const

/**
 * Groups structures by system or region and lists those of open groups.
 * @param order sorts structures inside a group, for example by the term shown
 */
export function outline(
  structures: readonly AtlasStructure[],
  grouping: Grouping,
  open: ReadonlySet<string>,
  order: (a: AtlasStructure, b: AtlasStructure) => number,
): OutlineRow[] {
  const groups = new Map<string, AtlasStructure[]>()
  for (const structure of structures) {
    const key = structure[grouping]
    const list = groups.get(key) ?? []
    groups.set(key, list)
    list.push(structure)
  }
  const place = (key: string) => {
    const at = (systemOrder as readonly string[]).indexOf(key)
    return at < 0 ? systemOrder.length : at
  }
  const keys = [...groups.keys()].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
  return keys.flatMap((key) => {
    const members = groups.get(key) ?? []
    const group: OutlineRow = {
      kind: 'group',
      key,
      ids: members.map(({ id }) => id),
      open: open.has(key) ? 'open' : 'closed',
    }
    if (!open.has(key)) return [group]
    const rows = [...members].sort(order).map((structure): OutlineRow => ({ kind: 'structure', structure, group: key }))
    return [group, ...rows]
  })
}

/** Layers of a dissection from outside: what is taken off at each level, by system and depth of its parts. */
export function layerOf(structure: AtlasStructure): number {
  const { system, material, id } = structure
  if (/areola|nipple/.test(id)) return 0
  if (/breast|mammary/.test(id)) return 1
  if (system === 'integumentary') return material === 'fat' || /subcut|adipose/.test(id) ? 1 : 0
  if (system === 'muscular' && !/diaphragm/.test(id)) return /intercost|subcost|transversus-thoracis/.test(id) ? 3 : 2
  if (/pleura|dura-mater|greater-omentum/.test(id)) return 5
  if (system === 'skeletal' || system === 'joints-ligaments') return 4
  return 6
}

/** How many layers can be taken off; at the last, organs and vessels stand alone. */
export const layerCount = 7
