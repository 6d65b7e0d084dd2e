import { BackSide, BoxGeometry, Color, CylinderGeometry, Mesh, MeshBasicMaterial, Scene } from 'three'

/** Lamps of a lamp head: how many in each ring, and the ring's radius in m. */
const RINGS = [
  [1, 0],
  [6, 0.16],
  [12, 0.3],
] as const
/** Where the lamp heads hang over the field, m. */
const HEADS = [
  [-0.55, 1.5, 0.35],
  [0.6, 1.45, -0.35],
] as const

/** What wet tissue and steel mirror: a dim theatre, bright lamp heads above, a pale window band to one side. */
export function theatreRoom(): Scene {
  const room = new Scene()
  const wall = (colour: string, gain: number) =>
    new MeshBasicMaterial({ color: new Color(colour).multiplyScalar(gain) })
  const shell = new Mesh(new BoxGeometry(6, 3.6, 6), wall('#5d6f72', 0.85))
  shell.material.side = BackSide
  shell.position.y = 1
  room.add(shell)
  const add = (
    geometry: BoxGeometry | CylinderGeometry,
    material: MeshBasicMaterial,
    x: number,
    y: number,
    z: number,
  ) => {
    const mesh = new Mesh(geometry, material)
    mesh.position.set(x, y, z)
    room.add(mesh)
  }
  add(new BoxGeometry(6, 0.1, 6), wall('#1d6f69', 0.22), 0, -0.7, 0)
  add(new BoxGeometry(4.6, 0.9, 0.1), wall('#dce9f2', 1.9), 0.3, 1.15, -2.9)
  add(new BoxGeometry(0.1, 1.1, 3.4), wall('#e7eef2', 1.3), 2.9, 1.1, 0.2)
  add(new BoxGeometry(0.1, 1.4, 2.4), wall('#c9d5da', 0.7), -2.9, 1, 0.4)
  const lamp = wall('#fff3dd', 34)
  for (const [x, y, z] of HEADS)
    for (const [count, radius] of RINGS)
      for (let i = 0; i < count; i++) {
        const angle = (2 * Math.PI * i) / count
        add(
          new CylinderGeometry(0.058, 0.058, 0.02, 16),
          lamp,
          x + Math.cos(angle) * radius,
          y,
          z + Math.sin(angle) * radius,
        )
      }
  return room
}
