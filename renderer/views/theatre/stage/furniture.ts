import { BoxGeometry, CircleGeometry, Color, CylinderGeometry, Group, Mesh, MeshStandardMaterial } from 'three'
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js'
import { mergeAlike } from '../instruments/merge.ts'
import { softShadows } from './softshadow.ts'

/** Height of the hinge of the table over the floor, metres, and where it lies along the body (y of the body frame). */
export const TABLE = { hinge: 0.86, hingeBodyY: 0.86, halfWidth: 0.3 } as const

const cushion = () => matt('#27323a', 0.7)
/** What shadows fall on. */
function matt(colour: string, roughness: number): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ color: new Color(colour), roughness })
  material.onBeforeCompile = softShadows
  return material
}

const chrome = () => new MeshStandardMaterial({ color: new Color('#b9c0c4'), roughness: 0.32, metalness: 0.9 })

/** The back rest, hinged at the origin, lying towards −Z; its top at y = 0. The body lies on it. */
export function buildBackRest(): Group {
  const group = new Group()
  const mattress = new Mesh(new RoundedBoxGeometry(0.6, 0.08, 0.98, 3, 0.03), cushion())
  mattress.position.set(0, -0.04, -0.47)
  const frame = new Mesh(new BoxGeometry(0.54, 0.03, 0.96), chrome())
  frame.position.set(0, -0.1, -0.47)
  const sheet = new Mesh(new BoxGeometry(0.58, 0.004, 0.95), matt('#1a625d', 0.95))
  sheet.position.set(0, 0.001, -0.47)
  group.add(mattress, frame, sheet)
  for (const side of [-1, 1]) {
    const rail = new Mesh(new BoxGeometry(0.012, 0.03, 0.9), chrome())
    // Under the mattress: farther out it would stand through the cloth that hangs there.
    rail.position.set(side * 0.276, -0.095, -0.47)
    const board = new Mesh(new RoundedBoxGeometry(0.46, 0.05, 0.15, 3, 0.02), cushion())
    board.position.set(side * 0.5, -0.03, -0.58)
    group.add(rail, board)
  }
  for (const part of group.children) {
    part.receiveShadow = true
  }
  return mergeAlike(group)
}

/** Leg part, column, floor: what does not move with the head end. */
export function buildTable(): Group {
  const group = new Group()
  const legs = new Mesh(new RoundedBoxGeometry(0.6, 0.08, 0.96, 3, 0.03), cushion())
  legs.position.set(0, TABLE.hinge - 0.04, 0.47)
  const column = new Mesh(new CylinderGeometry(0.13, 0.16, TABLE.hinge - 0.1, 32), chrome())
  column.position.set(0, (TABLE.hinge - 0.1) / 2, 0.2)
  const foot = new Mesh(new RoundedBoxGeometry(0.62, 0.1, 1, 3, 0.04), cushion())
  foot.position.set(0, 0.05, 0.2)
  const floor = new Mesh(new CircleGeometry(3.4, 64), matt('#3d4a4c', 0.8))
  floor.rotation.x = -Math.PI / 2
  floor.receiveShadow = true
  group.add(legs, column, foot, floor)
  legs.receiveShadow = true
  return mergeAlike(group)
}

/** Two lamp heads over the field. Only their look; the light itself is the stage's. */
export function buildLamp(): Group {
  const group = new Group()
  const shell = new MeshStandardMaterial({ color: new Color('#dfe4e6'), roughness: 0.4, side: 2 })
  const glow = new MeshStandardMaterial({ color: '#ffffff', emissive: new Color('#fff3dc'), emissiveIntensity: 2.2 })
  for (const [x, z, r] of [
    [-0.25, -0.5, 0.3],
    [0.42, -0.1, 0.24],
  ]) {
    const cap = new Mesh(new CylinderGeometry(r * 0.9, r, 0.07, 40, 1), shell)
    const face = new Mesh(new CircleGeometry(r * 0.88, 40), glow)
    face.rotation.x = Math.PI / 2
    for (const part of [cap, face]) {
      part.position.set(x, 2.25, z)
      part.rotation.z = x * 0.35
    }
    face.position.y -= 0.037
    group.add(cap, face)
  }
  return mergeAlike(group)
}
