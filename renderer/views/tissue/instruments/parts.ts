/** Parts that instruments of the operative field are made of. Frame: working tip at the origin, hand towards +Z, metres. */
import {
  type BufferGeometry,
  CylinderGeometry,
  ExtrudeGeometry,
  Group,
  type Material,
  Mesh,
  MeshStandardMaterial,
  Path,
  Shape,
  SphereGeometry,
  TorusGeometry,
} from 'three'
import { mergeAlike } from '../../theatre/instruments/merge.ts'
import { plastic, steel } from '../../theatre/instruments/surfaces.ts'

export const MM = 0.001

/** The dark insulation of laparoscopic shafts. */
export const insulation = () => new MeshStandardMaterial({ color: '#22272b', roughness: 0.42, metalness: 0.1 })
/** Ground steel of jaws: darker in its hollows than a polished shaft. */
export const jawSteel = () => new MeshStandardMaterial({ color: '#b9bec2', roughness: 0.3, metalness: 0.75 })
export const gold = () => new MeshStandardMaterial({ color: '#b8923f', roughness: 0.36, metalness: 0.8 })
export const hollowDark = () => new MeshStandardMaterial({ color: '#0c0d0e', roughness: 0.9 })

/** A rod along the instrument from `fromMm` to `toMm`, with a radius at each end, mm. */
export function rod(
  fromMm: number,
  toMm: number,
  radiusMm: number,
  endRadiusMm = radiusMm,
  around = 28,
): BufferGeometry {
  const geometry = new CylinderGeometry(endRadiusMm * MM, radiusMm * MM, (toMm - fromMm) * MM, around)
  geometry.rotateX(Math.PI / 2)
  return geometry.translate(0, 0, ((fromMm + toMm) / 2) * MM)
}

export function ball(atMm: number, radiusMm: number): BufferGeometry {
  return new SphereGeometry(radiusMm * MM, 24, 18).translate(0, 0, atMm * MM)
}

/**
 * A flat part: an outline in (along the instrument, across it) in mm, made thick along the third direction.
 * @param plane `plan` lies across the jaws' opening, `profile` in it
 */
export function plate(
  outline: readonly (readonly [number, number])[],
  thickMm: number,
  plane: 'plan' | 'profile',
  hole?: readonly (readonly [number, number])[],
): BufferGeometry {
  const shape = new Shape()
  draw(shape, outline)
  if (hole) {
    const path = new Path()
    draw(path, hole)
    shape.holes.push(path)
  }
  const bevel = Math.min(0.25, thickMm * 0.25)
  const geometry = new ExtrudeGeometry(shape, {
    depth: thickMm - 2 * bevel,
    bevelEnabled: true,
    bevelThickness: bevel,
    bevelSize: bevel,
    bevelSegments: 2,
    curveSegments: 8,
  })
  geometry.translate(0, 0, -(thickMm - 2 * bevel) / 2)
  // (x, y, z) of the drawing are (along, across, thickness).
  geometry.rotateY(-Math.PI / 2)
  if (plane === 'plan') geometry.rotateZ(-Math.PI / 2)
  return geometry.scale(MM, MM, MM)
}

function draw(path: Path, points: readonly (readonly [number, number])[]): void {
  points.forEach(([along, across], i) => {
    if (i === 0) path.moveTo(along, across)
    else path.lineTo(along, across)
  })
  path.closePath()
}

/** Corners of an outline with half-round ends: from `from` to `to` along, half as wide as given at either end. */
export function paddle(from: number, to: number, halfFrom: number, halfTo: number): [number, number][] {
  const points: [number, number][] = []
  for (let i = 0; i <= 8; i++) {
    const a = Math.PI / 2 + (Math.PI * i) / 8
    points.push([from + halfFrom + Math.cos(a) * halfFrom, Math.sin(a) * halfFrom])
  }
  for (let i = 0; i <= 8; i++) {
    const a = -Math.PI / 2 + (Math.PI * i) / 8
    points.push([to - halfTo + Math.cos(a) * halfTo, Math.sin(a) * halfTo])
  }
  return points
}

/** An insulated shaft from behind the jaws to the hand, with its handle. */
export function laparoscopic(group: Group, hingeMm: number, radiusMm: number, lengthMm: number): void {
  const dark = insulation()
  group.add(
    new Mesh(rod(hingeMm + 7, lengthMm, radiusMm), dark),
    // The clevis: steel, slit where the jaws turn.
    new Mesh(rod(hingeMm + 4.5, hingeMm + 7.2, radiusMm * 0.96), jawSteel()),
    new Mesh(
      plate(paddle(hingeMm - 1.8, hingeMm + 6, 1.7, 1.8), 0.8, 'profile').translate(radiusMm * 0.62 * MM, 0, 0),
      jawSteel(),
    ),
    new Mesh(
      plate(paddle(hingeMm - 1.8, hingeMm + 6, 1.7, 1.8), 0.8, 'profile').translate(-radiusMm * 0.62 * MM, 0, 0),
      jawSteel(),
    ),
  )
  const pin = new Mesh(new CylinderGeometry(0.7 * MM, 0.7 * MM, radiusMm * 1.9 * MM, 14), steel())
  pin.rotation.z = Math.PI / 2
  pin.position.z = hingeMm * MM
  group.add(pin, ...handle(lengthMm))
}

/** Turning knob and two rings. */
function handle(lengthMm: number): Mesh[] {
  const grip = plastic('#2b3338')
  const knob = new Mesh(rod(lengthMm - 4, lengthMm + 18, 9, 11, 12), plastic('#39434a'))
  const body = new Mesh(rod(lengthMm + 16, lengthMm + 50, 8, 9), grip)
  const rings = [-1, 1].map((side) => {
    const ring = new Mesh(new TorusGeometry(13 * MM, 3.4 * MM, 12, 32), grip)
    ring.scale.set(0.9, 1.3, 1)
    ring.rotation.y = Math.PI / 2
    ring.position.set(0, -26 * MM, (lengthMm + 34 + side * 16) * MM)
    return ring
  })
  return [knob, body, ...rings]
}

/** Two jaws that turn about the hinge; `make` gives the meshes of the one on side +Y, mirrored for the other. */
export function jaws(
  hingeMm: number,
  open: number,
  make: (side: 1 | -1) => readonly (readonly [BufferGeometry, Material])[],
) {
  const arms = ([1, -1] as const).map((side) => {
    const arm = new Group()
    arm.position.z = hingeMm * MM
    for (const [geometry, material] of make(side)) {
      // Parts are drawn where they lie when closed.
      const part = new Mesh(geometry.translate(0, 0, -hingeMm * MM), material)
      arm.add(part)
    }
    return mergeAlike(arm)
  })
  return {
    arms,
    setJaw: (opening: number) => {
      arms[0].rotation.x = open * opening
      arms[1].rotation.x = -open * opening
    },
  }
}
