import { Vector4 } from 'three'
import { type Look, tissueLooks } from '../../../scene/looks.ts'

const varied = (base: Look, changes: Partial<Look>): Look => ({ ...base, ...changes })

/** What blood leaves of red, green and blue. */
const BLED = [0.85, 0.82, 0.84] as const

/** A look of the atlas with blood in it: the same hue, darker and a little redder. */
const alive = (base: Look, changes: Partial<Look> = {}): Look => ({
  ...base,
  colour: bled(base.colour),
  colour2: bled(base.colour2),
  ...changes,
})

const bled = (colour: string): string =>
  `#${BLED.map((share, i) => {
    const value = Number.parseInt(colour.slice(1 + i * 2, 3 + i * 2), 16)
    return Math.round(value * share)
      .toString(16)
      .padStart(2, '0')
  }).join('')}`

/** What is seen only where something was opened looks alike on all sides. */
const hidden: Readonly<Record<string, Look>> = {
  diploe: varied(tissueLooks.bone, {
    colour: '#B5654E',
    colour2: '#7E352A',
    noise: 'grain',
    scaleMm: 0.9,
    amount: 0.9,
  }),
  dura: varied(tissueLooks.fascia, {
    colour: '#CDBFB4',
    colour2: '#A98F88',
    noise: 'mottle',
    scaleMm: 5,
    translucency: 0.25,
  }),
  iris: varied(tissueLooks.cartilage, {
    colour: '#6A8E98',
    colour2: '#3A5560',
    noise: 'smooth',
    amount: 0.5,
    translucency: 0.05,
    clearcoat: 0.6,
  }),
  'lens nucleus': varied(tissueLooks.cartilage, {
    colour: '#C9A25A',
    colour2: '#A87C3C',
    noise: 'smooth',
    clearcoat: 0.6,
    translucency: 0.7,
  }),
  'lens cortex': varied(tissueLooks.cartilage, {
    colour: '#D8B98C',
    colour2: '#BE9562',
    noise: 'smooth',
    clearcoat: 0.7,
    translucency: 0.4,
  }),
  // clear: what is seen of it is the red of the fundus behind
  'lens capsule': varied(tissueLooks.cartilage, {
    colour: '#B9542F',
    colour2: '#8F3520',
    noise: 'smooth',
    clearcoat: 1,
    translucency: 0.2,
  }),
}

/** How a material of the simulation looks from outside: a look of the atlas. Heat is drawn over it. */
export const looksOutside: Readonly<Record<string, Look>> = {
  liver: alive(tissueLooks.liver, { scaleMm: 7, amount: 0.6, roughness: 0.42 }),
  // greyer in patches, as its serosa is more or less thick
  'gallbladder wall': alive(tissueLooks.gallbladder, { colour2: '#3F4A33', amount: 0.5 }),
  // paler than the gallbladder, so that the two are told apart
  'bile duct': varied(tissueLooks.bile, { colour: '#AFA765', colour2: '#8A8A45' }),
  artery: alive(tissueLooks.artery, { clearcoat: 0.4, translucency: 0.12 }),
  muscle: alive(tissueLooks.muscle, { clearcoat: 0.35 }),
  skin: tissueLooks.skin,
  fat: tissueLooks.fat,
  brain: tissueLooks.brain,
  cartilage: tissueLooks.cartilage,
  bone: tissueLooks.bone,
  ...hidden,
  'bowel wall': tissueLooks.bowel,
  // of cholesterol with pigment in patches
  gallstone: varied(tissueLooks.cartilage, {
    colour: '#8E7842',
    colour2: '#4A3416',
    noise: 'grain',
    scaleMm: 1.3,
    amount: 0.9,
    roughness: 0.5,
    clearcoat: 0.18,
    translucency: 0.1,
  }),
  'training foam': varied(tissueLooks.skin, { colour: '#D8B48E', colour2: '#C9A078', noise: 'grain', clearcoat: 0 }),
}

/** And where it was cut: fresh, redder, with the grain of its inside. */
export const looksInside: Readonly<Record<string, Look>> = {
  liver: varied(tissueLooks.liver, {
    colour: '#8A3327',
    colour2: '#5E1C15',
    noise: 'lobules',
    scaleMm: 1.6,
    amount: 0.55,
    clearcoat: 0.6,
  }),
  'gallbladder wall': varied(tissueLooks.bowel, { colour: '#C9A56B', colour2: '#A37F45', scaleMm: 2 }),
  'bile duct': varied(tissueLooks.bile, { colour: '#C8B45E', colour2: '#A48F3B' }),
  artery: varied(tissueLooks.artery, { colour: '#E0A79A', colour2: '#C97A6E' }),
  muscle: varied(tissueLooks.muscle, { colour: '#9A2D26', colour2: '#6B1A15', clearcoat: 0.4 }),
  skin: varied(tissueLooks.fascia, {
    colour: '#EBC3B6',
    colour2: '#D59C8E',
    noise: 'mottle',
    scaleMm: 1.2,
    translucency: 0.35,
  }),
  fat: varied(tissueLooks.fat, { colour: '#EFCB62', colour2: '#D39E35', scaleMm: 3.4, clearcoat: 0.45 }),
  brain: varied(tissueLooks.brain, { colour: '#E6D5C8', colour2: '#CDB3A3' }),
  cartilage: tissueLooks.cartilage,
  bone: varied(tissueLooks.bone, { colour: '#E0CDAF', colour2: '#CDA98A' }),
  ...hidden,
  'bowel wall': varied(tissueLooks.bowel, { colour: '#CB6A66', colour2: '#A8463F', scaleMm: 2 }),
  gallstone: varied(tissueLooks.cartilage, { colour: '#C9B27A', colour2: '#8A6A2E', noise: 'grain' }),
  'training foam': varied(tissueLooks.skin, {
    colour: '#E6CDA9',
    colour2: '#D6B88E',
    noise: 'grain',
    scaleMm: 1,
    clearcoat: 0,
  }),
}

/** How blood and surface make a tissue lively: patches, vessels (or fibres), vessels for a metre, fine relief; see the shader. */
type Liveliness = readonly [patches: number, vessels: number, perM: number, relief: number]

/** Instead of vessels: fibres that run towards the middle of the field, as those of an iris around its pupil. */
const FIBRES = -1
const PLAIN: Liveliness = [0.3, 0, 0, 0.5]
const LIVELINESS: Readonly<Record<string, { outside: Liveliness; inside: Liveliness }>> = {
  liver: { outside: [0.55, 0, 0, 0.55], inside: [0.5, 0.35, 260, 0.9] },
  'gallbladder wall': { outside: [0.5, 0.95, 170, 0.35], inside: [0.4, 0.25, 300, 0.9] },
  'bile duct': { outside: [0.35, 0.5, 260, 0.3], inside: PLAIN },
  artery: { outside: [0.35, 0.3, 420, 0.3], inside: PLAIN },
  muscle: { outside: [0.4, 0.25, 120, 0.35], inside: [0.5, 0.3, 200, 0.6] },
  skin: { outside: [0.2, 0.1, 90, 0.6], inside: [0.35, 0.55, 320, 0.7] },
  fat: { outside: [0.25, 0.5, 130, 0.4], inside: [0.25, 0.45, 190, 0.6] },
  brain: { outside: [0.25, 0.95, 120, 0.3], inside: [0.2, 0.25, 300, 0.4] },
  cartilage: { outside: [0.12, 0, 0, 0.2], inside: [0.12, 0, 0, 0.2] },
  bone: { outside: [0.12, 0, 0, 0.2], inside: [0.12, 0, 0, 0.2] },
  diploe: { outside: [0.5, 0, 0, 0.9], inside: [0.5, 0, 0, 0.9] },
  dura: { outside: [0.2, 0.9, 210, 0.2], inside: [0.2, 0.9, 210, 0.2] },
  iris: { outside: [0.12, FIBRES, 0, 0.3], inside: [0.12, FIBRES, 0, 0.3] },
  'lens nucleus': { outside: [0.05, 0, 0, 0.1], inside: [0.05, 0, 0, 0.1] },
  'lens cortex': { outside: [0.05, 0, 0, 0.1], inside: [0.05, 0, 0, 0.1] },
  'lens capsule': { outside: [0, 0, 0, 0], inside: [0, 0, 0, 0] },
  'bowel wall': { outside: [0.35, 0.8, 150, 0.3], inside: [0.4, 0.35, 300, 0.9] },
  gallstone: { outside: [0.7, 0, 0, 0.8], inside: [0.4, 0, 0, 0.8] },
  'training foam': { outside: [0.08, 0, 0, 0.9], inside: [0.08, 0, 0, 0.9] },
}

/** How pale the serous skin makes an organ that it covers, 0–1. */
const VEILS: Readonly<Record<string, number>> = {
  liver: 0.06,
  'gallbladder wall': 0.18,
  'bile duct': 0.08,
  'bowel wall': 0.3,
  artery: 0.2,
  brain: 0.2,
}

export const veilOf = (material: string): number => VEILS[material] ?? 0

/**
 * How much of its colour a tissue loses where its small vessels are emptied, 0–1 (design figures): fat is yellow of itself,
 * and muscle keeps its myoglobin.
 */
const BLANCHING: Readonly<Record<string, number>> = {
  skin: 1,
  'bowel wall': 1,
  'gallbladder wall': 1,
  'bile duct': 0.6,
  artery: 0.8,
  liver: 0.8,
  brain: 0.6,
  muscle: 0.25,
  fat: 0.1,
}

export const blanchingOf = (material: string): number => BLANCHING[material] ?? 0

/** As the shader takes it. */
export const livelinessOf = (material: string, side: 'outside' | 'inside'): Vector4 =>
  new Vector4(...(LIVELINESS[material]?.[side] ?? PLAIN))
