import type { AtlasStructure } from './atlasfile.ts'

/** How the list of structures is arranged. */
export type Grouping = 'system' | 'region'

/** A line of the structure tree: a group, a group inside one, or a structure. `key` of a group is unique in the tree. */
export type OutlineRow =
  | {
      readonly kind: 'group'
      readonly key: string
      readonly by: Grouping
      readonly name: string
      readonly level: 1 | 2
      readonly ids: readonly string[]
      readonly open: 'open' | 'closed'
    }
  | {
      readonly kind: 'structure'
      readonly structure: AtlasStructure
      readonly group: string
      readonly level: 1 | 2 | 3
    }

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

/** Regions from head to foot. */
const regionOrder = ['head', 'neck', 'thorax', 'abdomen', 'pelvis', 'back', 'upper-limb', 'lower-limb'] as const

/** A group of so many and more is split again: systems by region, regions by system. */
const SPLIT_FROM = 40

/** Keys of the groups in which a structure stands, outermost first. */
export function groupsOf(
  structure: Pick<AtlasStructure, 'system' | 'region'>,
  grouping: Grouping,
): readonly [string, string] {
  const { system, region } = structure
  return grouping === 'system' ? [system, `${system}/${region}`] : [region, `${region}/${system}`]
}

/**
 * Groups structures by system or region, large groups again by the other, and lists those of open groups.
 * @param order sorts structures inside a group, for example by the term shown
 */
export function outline(
  structures: readonly AtlasStructure[],
  grouping: Grouping,
  open: ReadonlySet<string>,
  order: (a: AtlasStructure, b: AtlasStructure) => number,
): OutlineRow[] {
  const list = (members: readonly AtlasStructure[], group: string, level: 2 | 3): OutlineRow[] =>
    [...members].sort(order).map((structure) => ({ kind: 'structure', structure, group, level }))
  const head = (members: readonly AtlasStructure[], by: Grouping, key: string, level: 1 | 2): OutlineRow => ({
    kind: 'group',
    key,
    by,
    name: members[0][by],
    level,
    ids: members.map(({ id }) => id),
    open: open.has(key) ? 'open' : 'closed',
  })
  const other = grouping === 'system' ? 'region' : 'system'
  return grouped(structures, grouping).flatMap((members) => {
    const [key] = groupsOf(members[0], grouping)
    const group = head(members, grouping, key, 1)
    if (!open.has(key)) return [group]
    const parts = grouped(members, other)
    if (members.length < SPLIT_FROM || parts.length < 2) return [group, ...list(members, key, 2)]
    const rows = parts.flatMap((part) => {
      const [, inner] = groupsOf(part[0], grouping)
      const row = head(part, other, inner, 2)
      return open.has(inner) ? [row, ...list(part, inner, 3)] : [row]
    })
    return [group, ...rows]
  })
}

/** Structures by system or region, in the order in which those are listed. */
function grouped(structures: readonly AtlasStructure[], by: Grouping): AtlasStructure[][] {
  const groups = new Map<string, AtlasStructure[]>()
  for (const structure of structures) {
    const members = groups.get(structure[by]) ?? []
    groups.set(structure[by], members)
    members.push(structure)
  }
  const known: readonly string[] = by === 'system' ? systemOrder : regionOrder
  const place = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length)
  return [...groups].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)).map(([, members]) => members)
}

/** Muscles that others lie over, from head to foot. */
const DEEP_MUSCLES = new RegExp(
  [
    'pterygoid|buccinator|palatini|glossus|(superior|inferior|medial|lateral)-rectus|(superior|inferior)-oblique',
    'tendinous-ring|palpebrae|geniohyoid|sternothyroid|thyrohyoid|scalen|longus-c|capitis|pharyn|arytenoid|cricothyroid',
    'splenius|serratus-posterior|spinalis|longissimus|iliocostalis|erector-spinae|multifid|rotatores|quadratus-lumborum',
    'intercost|subcost|transversus-thoracis|subclavius|pectoralis-minor|internal-abdominal|transversus-abdominis',
    'transversalis|supraspinatus|subscapularis|coracobrachialis|brachialis|digitorum-profundus|pollicis-longus',
    'pronator-quadratus|supinator|extensor-pollicis|extensor-indicis|interossei|lumbrical|adductor-pollicis|opponens',
    'psoas|iliacus|gluteus-m[ei]|piriformis|obturator|gemellus|quadratus-femoris|levator-ani|coccygeus|transverse-perin',
    'vastus-intermedius|adductor-(brevis|magnus)|popliteus|plantaris|tibialis-posterior|flexor-(digitorum|hallucis)-longus',
    'quadratus-plantae|adductor-hallucis',
  ].join('|'),
)

/** Layers of a dissection from outside: what is taken off at each level, by system and depth of its parts. */
export function layerOf(structure: AtlasStructure): number {
  const { system, material, id } = structure
  if (/areola|nipple|eyelid/.test(id)) return 0
  if (/breast|mammary/.test(id)) return 1
  // Layers of the skin lie within it.
  if (/^(epi)?dermis$/.test(id)) return 1
  if (system === 'integumentary') return material === 'fat' || /subcut|adipose/.test(id) ? 1 : 0
  if (system === 'muscular' && !/diaphragm/.test(id)) return DEEP_MUSCLES.test(id) ? 3 : 2
  if (/pleura|dura-mater|greater-omentum/.test(id)) return 5
  if (system === 'skeletal' || system === 'joints-ligaments') return 4
  return 6
}

/** How many layers can be taken off; at the last, organs and vessels stand alone. */
export const layerCount = 7
