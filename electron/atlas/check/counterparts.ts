const SKULL = ['frontal-bone', 'occipital-bone', 'sphenoid-bone', 'ethmoid-bone', 'vomer']
const SKULL_PAIRS = ['parietal-bone', 'temporal-bone', 'nasal-bone', 'maxilla', 'palatine-bone', 'zygomatic-bone']
const TEETH = ['central-incisor', 'lateral-incisor', 'canine', 'first-premolar', 'second-premolar', 'first-molar']
const FINGERS = ['thumb', 'index', 'middle', 'ring', 'little']

const both = (ids: readonly string[]) => ids.flatMap((id) => [`${id}-l`, `${id}-r`])
const teeth = (row: 'upper' | 'lower') =>
  both([...TEETH, 'second-molar', 'third-molar'].map((tooth) => `${row}-${tooth}`))

/** Whole bones of the figures that are several structures here, or go by a name of their own. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  hat_skull: [...SKULL, ...both(SKULL_PAIRS), ...teeth('upper')],
  hat_jaw: ['mandible', ...teeth('lower')],
  vertebra_C1: ['atlas'],
  vertebra_C2: ['axis'],
}

const PATTERNS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^VH_M_(femur|tibia|fibula|patella)_L$/, (name) => `${name}-l`],
  [/^l_(talus)$/, (name) => `${name}-l`],
  [/^(scapula|clavicle|calcaneus)_l$/, (name) => `${name}-l`],
  [/^(humerus|ulna|radius)_lv$/, (name) => `${name}-l`],
  [/^((?:medial|intermediate|lateral)_cuneiform|cuboid|navicular)_l$/, (name) => `${name.replace('_', '-')}-bone-l`],
  [/^(pisiform|lunate|scaphoid|hamate|capitate)_lvs$/, (name) => `${name}-bone-l`],
  [/^(triquetrum|trapezoid|trapezium)_lvs$/, (name) => `${name}-l`],
  [/^rib(\d+)_l$/, (n) => `rib-${n}-l`],
  [/^vertebra_([CTL]\d+)$/, (name) => `vertebra-${name.toLowerCase()}`],
  [/^metatarsal(\d)_l$/, (n) => `metatarsal-${n}-l`],
  [/^metacarpal(\d)_lvs$/, (n) => `metacarpal-${n}-l`],
  [/^toe(\d)_(proximal|middle|distal)_l$/, (n, part) => `${part}-phalanx-of-foot-${n}-l`],
  [
    /^(thumb|index|middle|ring|little)_(proximal|medial|distal)_lvs$/,
    (finger, part) => `${part === 'medial' ? 'middle' : part}-phalanx-of-hand-${FINGERS.indexOf(finger) + 1}-l`,
  ],
]

/** Bones in which the sexes differ: each is measured on the reference body of its own. */
const PELVIS: typeof PATTERNS = [
  [/^(ilium|ischium|pubis)_compact_bone_L$/, (name) => `${name}-l`],
  [/^(sacrum)$/, (name) => name],
]

const REFERENCE = { male: 'VH_M_', female: 'VH_F_' } as const

/**
 * Structures that answer to a bone of the figures; nothing for those that are compared with none: right ones (mirror
 * images of the left), discs, compounds of bones, and the sternum, which holds the costal cartilages in the source.
 * Bones of thigh, leg and pelvis are those of the reference body itself: those of the other model, scaled to its
 * stature, differ from it by up to a fifth.
 */
export function counterpartOf(figure: string, sex: 'male' | 'female'): readonly string[] | undefined {
  if (Object.hasOwn(NAMED, figure)) return NAMED[figure]
  const own = figure.startsWith(REFERENCE[sex]) ? figure.slice(REFERENCE[sex].length) : ''
  return matched(PATTERNS, figure) ?? matched(PELVIS, own)
}

function matched(patterns: typeof PATTERNS, name: string): readonly string[] | undefined {
  for (const [pattern, id] of patterns) {
    const found = pattern.exec(name)
    if (found) return [id(...found.slice(1))]
  }
  return undefined
}
