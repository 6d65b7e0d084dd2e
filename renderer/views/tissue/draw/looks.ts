import { type Look, tissueLooks } from '../../../scene/looks.ts'

const varied = (base: Look, changes: Partial<Look>): Look => ({ ...base, ...changes })

/** How a material of the simulation looks from outside: a look of the atlas. Heat is drawn over it. */
export const looksOutside: Readonly<Record<string, Look>> = {
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
  'bowel wall': varied(tissueLooks.bowel, { colour: '#CB6A66', colour2: '#A8463F', scaleMm: 2 }),
  'training foam': varied(tissueLooks.skin, {
    colour: '#E6CDA9',
    colour2: '#D6B88E',
    noise: 'grain',
    scaleMm: 1,
    clearcoat: 0,
  }),
}
