import type { AtlasFile, Fibre } from '../../core/anatomy/atlasfile.ts'

/** How a tissue looks. Colours are sRGB hex; lengths millimetres; the rest 0 to 1. */
export type Look = {
  readonly colour: string
  /** Second colour that noise mixes in. */
  readonly colour2: string
  readonly roughness: number
  /** How wet the surface is. */
  readonly clearcoat: number
  /** How much light goes through thin parts, reddened. */
  readonly translucency: number
  readonly noise: NoiseKind
  readonly scaleMm: number
  readonly amount: number
}

/** Order is what the shader's branches count. */
export const noiseKinds = ['smooth', 'grain', 'striation', 'lobules', 'fat', 'mottle', 'vessel', 'skin'] as const
export type NoiseKind = (typeof noiseKinds)[number]

const look = (
  colour: string,
  colour2: string,
  noise: NoiseKind,
  scaleMm: number,
  amount: number,
  roughness: number,
  clearcoat: number,
  translucency: number,
): Look => ({ colour, colour2, noise, scaleMm, amount, roughness, clearcoat, translucency })

/** Looks of the materials by name (colours: the conventions of printed atlases). The atlas file may refine each. */
export const tissueLooks: Readonly<Record<string, Look>> = {
  bone: look('#E6DCC3', '#C9B48C', 'grain', 2.2, 0.55, 0.62, 0.06, 0.12),
  cartilage: look('#BFD3D6', '#9DBAC0', 'mottle', 7, 0.35, 0.42, 0.3, 0.35),
  disc: look('#C3CFC9', '#A7B8B2', 'mottle', 5, 0.4, 0.5, 0.2, 0.25),
  muscle: look('#9E3B33', '#7A2620', 'striation', 1.6, 0.75, 0.52, 0.22, 0.28),
  tendon: look('#D9D2BE', '#BFB596', 'striation', 1.1, 0.5, 0.45, 0.3, 0.2),
  ligament: look('#D6C9A8', '#B9A67C', 'striation', 1.2, 0.5, 0.5, 0.2, 0.2),
  artery: look('#C8322B', '#9C1F1B', 'vessel', 3, 0.35, 0.4, 0.35, 0.25),
  vein: look('#3C5E9E', '#2A4379', 'vessel', 3, 0.35, 0.42, 0.35, 0.25),
  nerve: look('#E3C04B', '#BE982F', 'striation', 0.7, 0.45, 0.5, 0.2, 0.2),
  lymph: look('#6FA66A', '#4F834B', 'mottle', 3, 0.4, 0.5, 0.3, 0.25),
  lung: look('#D6A39B', '#A9736E', 'lobules', 13, 0.55, 0.5, 0.3, 0.4),
  heart: look('#93342C', '#6E211C', 'striation', 2.4, 0.55, 0.4, 0.42, 0.28),
  liver: look('#6E2A22', '#4F1A15', 'mottle', 5, 0.4, 0.36, 0.48, 0.2),
  gallbladder: look('#4F6B3A', '#3A5229', 'mottle', 4, 0.4, 0.36, 0.45, 0.3),
  bile: look('#6E8A3E', '#53702B', 'mottle', 4, 0.4, 0.4, 0.4, 0.3),
  stomach: look('#C98B7B', '#A76658', 'mottle', 7, 0.4, 0.42, 0.4, 0.35),
  bowel: look('#C98B7B', '#A9685C', 'mottle', 6, 0.4, 0.42, 0.4, 0.35),
  oesophagus: look('#C08372', '#9B5E50', 'striation', 2, 0.5, 0.45, 0.35, 0.3),
  kidney: look('#7A3B34', '#5B2722', 'mottle', 4, 0.35, 0.38, 0.42, 0.22),
  spleen: look('#5A2A3C', '#421B2A', 'mottle', 4, 0.4, 0.36, 0.45, 0.2),
  brain: look('#D8B5A5', '#B98D7D', 'mottle', 4, 0.4, 0.45, 0.4, 0.35),
  gland: look('#CFA084', '#AC7A5F', 'lobules', 4, 0.5, 0.5, 0.3, 0.3),
  breast: look('#E2B79A', '#C98F74', 'lobules', 7, 0.5, 0.5, 0.25, 0.35),
  airway: look('#C9BDB0', '#A9968A', 'mottle', 4, 0.35, 0.45, 0.3, 0.3),
  fat: look('#E8C66A', '#C99A3C', 'fat', 6, 0.6, 0.46, 0.3, 0.45),
  fascia: look('#E9D8C4', '#CDB697', 'mottle', 8, 0.35, 0.4, 0.35, 0.5),
  pleura: look('#E2CDBF', '#C7A79A', 'mottle', 9, 0.3, 0.34, 0.5, 0.55),
  skin: look('#D9A98A', '#B97C5F', 'skin', 3, 0.5, 0.56, 0.05, 0.5),
  areola: look('#A8685A', '#86483E', 'skin', 2, 0.55, 0.55, 0.06, 0.4),
}

/** Names that definitions use for the same look. */
const aliases: Readonly<Record<string, string>> = {
  membrane: 'fascia',
  peritoneum: 'fascia',
  subcutis: 'fat',
  adipose: 'fat',
  trachea: 'airway',
  bronchus: 'airway',
  esophagus: 'oesophagus',
  diaphragm: 'muscle',
  nipple: 'areola',
}

/** The look of a material: its row, with what the atlas file says over it. */
export function lookOf(name: string, materials: AtlasFile['materials']): Look {
  const base =
    tissueLooks[name] ?? tissueLooks[aliases[name] ?? ''] ?? tissueLooks[familyOf(name)] ?? tissueLooks.fascia
  const own = materials[name]
  if (!own) return base
  const noise = typeof own.noise === 'object' && own.noise !== null ? (own.noise as Record<string, unknown>) : {}
  return {
    colour: hex(own.colour) ?? base.colour,
    colour2: hex(own.colour2) ?? base.colour2,
    roughness: share(own.roughness) ?? base.roughness,
    clearcoat: share(own.clearcoat) ?? base.clearcoat,
    translucency: share(own.translucency) ?? base.translucency,
    noise: noiseKinds.find((kind) => kind === noise.kind) ?? base.noise,
    scaleMm: typeof noise.scaleMm === 'number' && noise.scaleMm > 0 ? noise.scaleMm : base.scaleMm,
    amount: share(noise.amount) ?? base.amount,
  }
}

/** `muscle-thin` and `thin-muscle` look like muscle until the table says otherwise. */
function familyOf(name: string): string {
  return name.split('-').find((part) => part in tissueLooks) ?? ''
}

function hex(value: unknown): string | undefined {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : undefined
}

function share(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined
}

export const LOOK_TEXELS = 4

/**
 * Writes one row of the look texture: colour and roughness; second colour and clearcoat; noise kind, frequency (1/m),
 * amount, translucency; fibre mode with its direction or point.
 */
export function writeLook(out: Float32Array, row: number, value: Look, fibre: Fibre | undefined, seed: number): void {
  const at = row * LOOK_TEXELS * 4
  const vary = 1 + 0.09 * (seed - 0.5)
  out.set(linear(value.colour, vary), at)
  out[at + 3] = value.roughness
  out.set(linear(value.colour2, vary), at + 4)
  out[at + 7] = value.clearcoat
  out[at + 8] = noiseKinds.indexOf(value.noise)
  out[at + 9] = 1000 / value.scaleMm
  out[at + 10] = value.amount
  out[at + 11] = value.translucency
  if (!fibre) out.set([0, 1, 0, 0], at + 12)
  else if ('along' in fibre) out.set([...fibre.along, 1], at + 12)
  else if ('toward' in fibre) out.set([...fibre.toward, 2], at + 12)
  else out.set([(fibre.oblique * Math.PI) / 180, 0, 0, 3], at + 12)
}

/** sRGB hex to linear red, green, blue, each times `gain`. */
export function linear(colour: string, gain = 1): [number, number, number] {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4) * gain
  }
  return [part(1), part(3), part(5)]
}

/** A number from 0 to 1 that is always the same for one id. */
export function seedOf(id: string): number {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return (hash >>> 8) / 16777216
}
