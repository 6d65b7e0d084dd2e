import { BoxGeometry, type BufferGeometry, ConeGeometry, Group, type Material, MeshStandardMaterial } from 'three'
import type { Instrument, JawKind } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { mergeAlike } from '../../theatre/instruments/merge.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { edgeSteel, steel } from '../../theatre/instruments/surfaces.ts'
import { sweep } from '../../theatre/instruments/sweep.ts'
import { gold, jawSteel, jaws, laparoscopic, MM, paddle, plate } from './parts.ts'

type Part = readonly [BufferGeometry, Material]
type Point = readonly [number, number, number]

/** One jaw on side +Y (1) or −Y (−1), closed, from its tip at z = 0 to the hinge at z = `length`; mm. */
type Jaw = (length: number, thick: number, side: 1 | -1) => readonly Part[]

/** A curved finger: tapers from the hinge to the tip, bent by `bend` mm to the side. */
function finger(length: number, thick: number, side: 1 | -1, bend: number, tip: number, material: Material): Part {
  const points = [0, 0.25, 0.6, 1].map(
    (t): Point => [bend * (1 - t) * (1 - t), side * thick * (0.34 + 0.3 * t), length * t],
  )
  const geometry = sweep(
    points,
    [
      [tip, tip * 0.62],
      [tip * 1.35, thick * 0.5],
      [thick * 0.95, thick * 0.62],
      [thick * 1.15, thick * 0.75],
    ],
    [0, 1, 0],
    26,
    14,
  )
  return [geometry, material]
}

/** Cross ridges on the inner face. */
function ridges(length: number, side: 1 | -1, from: number, half: number, everyMm: number, material: Material): Part[] {
  const parts: Part[] = []
  for (let z = from; z < length - 3; z += everyMm) {
    const ridge = new BoxGeometry(half * 2 * MM, 0.32 * MM, everyMm * 0.42 * MM)
    parts.push([ridge.translate(0, side * 0.14 * MM, z * MM), material])
  }
  return parts
}

const JAWS: Readonly<Record<JawKind, Jaw>> = {
  fenestrated: (length, thick, side) => {
    const blade = plate(paddle(0, length + 1, 2, 1.6), thick * 0.95, 'plan', paddle(3.2, length * 0.66, 0.8, 0.8))
    const look = jawSteel()
    return [
      [blade.translate(0, side * thick * 0.62 * MM, 0), look],
      ...ridges(length, side, 1.2, 1.7, 1.1, look).filter((_, i) => i < 2),
      ...ridges(length, side, length * 0.68, 1.5, 1.1, look),
    ]
  },
  toothed: (length, thick, side) => {
    const look = jawSteel()
    const teeth: Part[] = []
    // Two teeth on one side fall between three on the other.
    for (const x of side === 1 ? [-0.7, 0.7] : [-1.3, 0, 1.3]) {
      const tooth = new ConeGeometry(0.5 * MM, 1.9 * MM, 10).rotateX(side === 1 ? Math.PI : 0)
      teeth.push([tooth.translate(x * MM, side * -0.15 * MM, 0.9 * MM), look])
    }
    const jaw = plate(paddle(0, length + 1, 1.9, 1.7), thick * 1.1, 'plan').translate(0, side * thick * 0.66 * MM, 0)
    return [[jaw, look], ...teeth, ...ridges(length, side, 2.6, 1.6, 0.9, look)]
  },
  maryland: (length, thick, side) => [finger(length, thick * 1.25, side, 2.6, 0.62, jawSteel())],
  ultrasonic: (length, thick, side) => {
    // One slender blade that vibrates, and an arm with a white pad that clamps on it.
    if (side === -1) {
      const titanium = new MeshStandardMaterial({ color: '#d7dbde', roughness: 0.18, metalness: 0.85 })
      return [finger(length, thick * 0.8, side, 1.1, 0.62, titanium)]
    }
    const arm = plate(paddle(0.4, length + 1, 1.1, 1.8), thick * 0.8, 'plan')
    const pad = plate(paddle(0.7, length - 2, 0.8, 1.1), 0.7, 'plan')
    return [
      [arm.translate(0.35 * MM, thick * 1.15 * MM, 0), jawSteel()],
      [pad.translate(0.35 * MM, thick * 0.5 * MM, 0), new MeshStandardMaterial({ color: '#f1efe8', roughness: 0.6 })],
    ]
  },
  bipolar: (length, thick, side) => {
    const blue = new MeshStandardMaterial({ color: '#2b6cb3', roughness: 0.45 })
    const back = plate(paddle(1.6, length + 1.5, 1.5, 2), thick * 0.7, 'plan')
    const face = plate(paddle(0, length - 0.5, 1.2, 1.5), 0.8, 'plan', paddle(3.4, length * 0.6, 0.5, 0.5))
    return [
      [face.translate(0, side * thick * 0.42 * MM, 0), steel()],
      [back.translate(0, side * thick * 1.05 * MM, 0), blue],
    ]
  },
  scissors: (length, _thick, side) => {
    const outline: [number, number][] = [
      [0, side * 0.1],
      [length * 0.3, side * -0.35],
      [length, side * -0.9],
      [length + 2, side * 0.4],
      [length, side * 1.9],
      [length * 0.45, side * 1.5],
      [length * 0.1, side * 0.75],
    ]
    const ground: [number, number][] = [
      [0.1, side * 0.12],
      [length * 0.3, side * -0.36],
      [length * 0.95, side * -0.86],
      [length * 0.95, side * -0.3],
      [length * 0.3, side * 0.1],
    ]
    return [
      [plate(outline, 0.55, 'profile').translate(side * 0.3 * MM, 0, 0), jawSteel()],
      [plate(ground, 0.66, 'profile').translate(side * 0.3 * MM, 0, 0), edgeSteel()],
    ]
  },
  clip: (length, thick, side) => {
    // Two slim prongs that the leg of a clip lies between, held by its groove.
    const look = jawSteel()
    const prong = (x: number): Part => [
      plate(paddle(0.2, length + 2.5, 0.45, 0.7), thick * 1.15, 'plan').translate(x * MM, side * thick * 0.9 * MM, 0),
      look,
    ]
    const bridge = plate(paddle(length * 0.62, length + 2.5, 1.6, 1.9), thick * 0.9, 'plan')
    const leg = new BoxGeometry(0.9 * MM, 0.75 * MM, length * 0.82 * MM)
    const titanium = new MeshStandardMaterial({ color: '#e9edf0', roughness: 0.2, metalness: 0.9 })
    return [
      prong(-1.05),
      prong(1.05),
      [bridge.translate(0, side * thick * 1.2 * MM, 0), look],
      [leg.translate(0, side * thick * 0.55 * MM, length * 0.45 * MM), titanium],
    ]
  },
  'needle-driver': (length, thick, side) => {
    const look = steel()
    const jaw = plate(paddle(0, length + 1, 1.3, 1.9), thick, 'plan').translate(0, side * thick * 0.72 * MM, 0)
    const insert = plate(paddle(0.3, length - 1, 1, 1.3), 0.5, 'plan').translate(0, side * 0.24 * MM, 0)
    return [
      [jaw, look],
      [insert, gold()],
    ]
  },
}

/** An instrument with jaws on a laparoscopic shaft. */
export function buildJawed(
  { shaftRadius, length }: Instrument,
  { kind, length: jaw, radius, open }: NonNullable<Instrument['jaws']>,
): InstrumentModel {
  const group = new Group()
  const hinge = jaw / MM
  laparoscopic(group, hinge, shaftRadius / MM, length / MM)
  mergeAlike(group)
  const { arms, setJaw } = jaws(hinge, open, (side) => JAWS[kind](hinge, radius / MM, side))
  group.add(...arms)
  setJaw(1)
  return { group, setJaw }
}
