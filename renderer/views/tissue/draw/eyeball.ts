import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  Color,
  DataTexture,
  DoubleSide,
  Group,
  LatheGeometry,
  LinearFilter,
  Mesh,
  MeshPhysicalMaterial,
  RepeatWrapping,
  RGBAFormat,
  SRGBColorSpace,
  Vector2,
} from 'three'
import { softShadows } from '../../theatre/stage/softshadow.ts'

const MM = 0.001
/** Of a grown eye: radii of globe, cornea and limbus (11.8 mm from white to white), and the limbus over the origin; mm. */
const GLOBE = 12
const CORNEA = 7.8
const LIMBUS = 5.9
const LIMBUS_AT = 4.5
/** The opening between lids that are held apart: half its width and height, mm. */
const LIDS = [11.4, 7.8] as const

/** Where the iris meets the wall of the eye, behind the limbus: off the axis, and over the origin; mm. */
const ANGLE = [5.85, 3.1] as const

/** An eye around the lens and iris of a scene, draped for an operation: white with its vessels, cornea, held lids. */
export function buildEye(): Group {
  const eye = new Group()
  eye.add(buildWhite(), buildAngle(), buildCornea(), buildLids())
  return eye
}

const middleOf = (radius: number): number => LIMBUS_AT - Math.sqrt(radius ** 2 - LIMBUS ** 2)

/** An arc of a sphere through the limbus, turned about the vertical; from one distance off the axis to another, mm. */
function dome(radius: number, from: number, to: number, steps: number): LatheGeometry {
  const arc = Array.from({ length: steps + 1 }, (_, i) => {
    const r = from + ((to - from) * i) / steps
    return new Vector2(r * MM, (middleOf(radius) + Math.sqrt(radius ** 2 - r ** 2)) * MM)
  })
  return new LatheGeometry(arc.reverse(), 96)
}

function buildWhite(): Mesh {
  const look = new MeshPhysicalMaterial({
    map: paintWhite(),
    roughness: 0.42,
    clearcoat: 1,
    clearcoatRoughness: 0.06,
  })
  look.onBeforeCompile = softShadows
  const white = new Mesh(dome(GLOBE, LIMBUS - 0.1, GLOBE - 0.05, 24), look)
  white.receiveShadow = true
  return white
}

/** The wall of the eye between limbus and iris, seen from inside. */
function buildAngle(): Mesh {
  const wall = [new Vector2(ANGLE[0] * MM, ANGLE[1] * MM), new Vector2((LIMBUS - 0.1) * MM, LIMBUS_AT * MM)]
  const look = new MeshPhysicalMaterial({ color: '#7d8a90', roughness: 0.5, side: DoubleSide })
  return new Mesh(new LatheGeometry(wall, 96), look)
}

/** Clear, so that it is seen by what it mirrors alone. */
function buildCornea(): Mesh {
  const look = new MeshPhysicalMaterial({
    color: '#000000',
    roughness: 0.07,
    // The heads of the lamp would hide what is operated on.
    specularIntensity: 0.14,
    blending: AdditiveBlending,
    transparent: true,
    depthWrite: false,
  })
  const cornea = new Mesh(dome(CORNEA, 0.001, LIMBUS, 32), look)
  cornea.renderOrder = 10
  return cornea
}

/** Texels of the white around the eye and from the lids (0) to the limbus. */
const AROUND = 1024
const ALONG = 160
const CLEAR = new Color('#e9e2da')
const RIM = new Color('#5f6f78')
const PINK = new Color('#d99a8c')
const VESSEL = new Color('#a8352e')

/** White that greys towards the limbus and reddens towards the lids, with vessels that wind inwards and thin out. */
function paintWhite(): DataTexture {
  const red = new Float32Array(AROUND * ALONG)
  const random = randomFrom(11)
  for (let n = 0; n < 46; n++)
    vessel(red, random, random() * AROUND, 0, 0.5 + random(), ALONG * (0.35 + 0.55 * random()))
  const data = new Uint8Array(AROUND * ALONG * 4)
  const colour = new Color()
  for (let j = 0; j < ALONG; j++)
    for (let i = 0; i < AROUND; i++) {
      const share = j / (ALONG - 1)
      colour.copy(CLEAR).lerp(PINK, 0.5 * (1 - share) ** 2)
      colour.lerp(RIM, Math.min(1, Math.max(0, (share - 0.86) / 0.14)) ** 1.5 * 0.95)
      colour.lerp(VESSEL, Math.min(0.75, red[j * AROUND + i]))
      colour.convertLinearToSRGB()
      const at = (j * AROUND + i) * 4
      data.set([colour.r * 255, colour.g * 255, colour.b * 255, 255], at)
    }
  const texture = new DataTexture(data, AROUND, ALONG, RGBAFormat)
  texture.colorSpace = SRGBColorSpace
  texture.wrapS = RepeatWrapping
  texture.wrapT = ClampToEdgeWrapping
  texture.magFilter = texture.minFilter = LinearFilter
  texture.needsUpdate = true
  return texture
}

/** Draws a vessel from a place onwards until `end`; it winds, forks and grows paler. */
function vessel(red: Float32Array, random: () => number, x: number, y: number, strong: number, end: number): void {
  let drift = (random() - 0.5) * 0.8
  let [atX, atY] = [x, y]
  while (atY < end) {
    drift = Math.max(-1.4, Math.min(1.4, drift + (random() - 0.5) * 0.5))
    atX += drift
    atY += 0.7
    const share = strong * Math.max(0, 1 - atY / end) ** 0.6 * 0.6
    for (const [aside, part] of [
      [0, 1],
      [1, 0.35],
      [-1, 0.35],
    ] as const) {
      const at = Math.floor(atY) * AROUND + (((Math.floor(atX + aside) % AROUND) + AROUND) % AROUND)
      red[at] = Math.max(red[at], share * part)
    }
    if (random() < 0.022 && strong > 0.3) vessel(red, random, atX, atY, strong * 0.6, end)
  }
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Across the lids, outwards from their margins: how far, how high over the globe there, mm, and of what colour. */
const ACROSS = [
  [-1.4, -1.6, '#8f4038'],
  [-0.1, -0.1, '#b8645a'],
  [0.15, 0.7, '#c98575'],
  [0.9, 1.25, '#d39a80'],
  [2.4, 1.3, '#d8a184'],
  [6.5, 0.9, '#d6a083'],
  [10.4, 0.4, '#cf987c'],
  [10.5, 1.3, '#17605c'],
  [11.6, 1.4, '#1a6a65'],
  [26, -0.6, '#17605c'],
  [60, -3.4, '#124f4c'],
] as const
/** How far out the lids have come down from the globe, mm. */
const DOWN = 17
const SIDES = 128

/** Lids held apart, skin, and the edge of the drape. */
function buildLids(): Mesh {
  const rows = ACROSS.length
  const position = new Float32Array(rows * (SIDES + 1) * 3)
  const colours = new Float32Array(rows * (SIDES + 1) * 3)
  const index: number[] = []
  ACROSS.forEach(([out, high, colour], row) => {
    const tint = new Color(colour)
    for (let k = 0; k <= SIDES; k++) {
      const angle = (2 * Math.PI * k) / SIDES
      const at = (row * (SIDES + 1) + k) * 3
      const [x, z] = [Math.cos(angle), Math.sin(angle)]
      // Margins lie on the globe, so that the corners between the lids are lower than their middles.
      const globe = middleOf(GLOBE) + Math.sqrt(GLOBE ** 2 - (LIDS[0] * x) ** 2 - (LIDS[1] * z) ** 2)
      const y = high + globe * Math.min(1, Math.max(0, 1 - out / DOWN))
      position.set([(LIDS[0] + out) * x * MM, y * MM, (LIDS[1] + out) * z * MM], at)
      tint.toArray(colours, at)
      if (k === SIDES || row + 1 === rows) continue
      const a = row * (SIDES + 1) + k
      const b = a + SIDES + 1
      index.push(a, a + 1, b, a + 1, b + 1, b)
    }
  })
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(position, 3))
  geometry.setAttribute('color', new BufferAttribute(colours, 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  const look = new MeshPhysicalMaterial({
    vertexColors: true,
    roughness: 0.62,
    clearcoat: 0.15,
    clearcoatRoughness: 0.4,
  })
  look.onBeforeCompile = softShadows
  const lids = new Mesh(geometry, look)
  lids.castShadow = lids.receiveShadow = true
  return lids
}
