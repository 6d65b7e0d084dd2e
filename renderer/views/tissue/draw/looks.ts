import { type Look, tissueLooks } from '../../../scene/looks.ts'

const varied = (base: Look, changes: Partial<Look>): Look => ({ ...base, ...changes })

const freshOutside: Readonly<Record<string, Look>> = {
  liver: varied(tissueLooks.liver, { colour: '#672419', colour2: '#43130E', scaleMm: 7, amount: 0.5 }),
  'gallbladder wall': tissueLooks.gallbladder,
  'bile duct': tissueLooks.bile,
  artery: tissueLooks.artery,
  muscle: varied(tissueLooks.muscle, { colour: '#862E28', colour2: '#5E1D19', clearcoat: 0.35 }),
  skin: tissueLooks.skin,
  fat: tissueLooks.fat,
  brain: tissueLooks.brain,
  cartilage: tissueLooks.cartilage,
  'bowel wall': tissueLooks.bowel,
  'training foam': varied(tissueLooks.skin, { colour: '#D8B48E', colour2: '#C9A078', noise: 'grain', clearcoat: 0 }),
}

const freshInside: Readonly<Record<string, Look>> = {
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
  'bowel wall': varied(tissueLooks.bowel, { colour: '#CB6A66', colour2: '#A8463F', scaleMm: 2 }),
  'training foam': varied(tissueLooks.skin, {
    colour: '#E6CDA9',
    colour2: '#D6B88E',
    noise: 'grain',
    scaleMm: 1,
    clearcoat: 0,
  }),
}

/** Pale, dull and grey-brown: the colour that protein takes when it is cooked. */
const COOKED = [0xb4, 0x9c, 0x86] as const
/** How far a colour goes there. */
const SHARE = 0.55

function cook(hex: string): string {
  const mixed = COOKED.map((to, i) => {
    const from = Number.parseInt(hex.slice(1 + i * 2, 3 + i * 2), 16)
    return Math.round(from + (to - from) * SHARE)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${mixed.join('')}`
}

/** Every look again as heat leaves it, under the names of the coagulated materials. */
const withCooked = (fresh: Readonly<Record<string, Look>>): Readonly<Record<string, Look>> => ({
  ...fresh,
  ...Object.fromEntries(
    Object.entries(fresh).map(([name, look]) => [
      `${name}, coagulated`,
      varied(look, { colour: cook(look.colour), colour2: cook(look.colour2), clearcoat: 0.1 }),
    ]),
  ),
})

/** How a material of the simulation looks from outside: a look of the atlas. */
export const looksOutside = withCooked(freshOutside)

/** And where it was cut: fresh, redder, with the grain of its inside. */
export const looksInside = withCooked(freshInside)
