/** The faces of each point of the surface, and which way it looks; kernel source, see `scalars.ts`. */
import { OWN_FACES, OWN_STARTS, POSITION, TRIANGLES } from './contacttable.ts'
import { type D, type I, type Ptr, readInt, writeInt } from './scalars.ts'
import { lean, leanX, leanY, leanZ } from './triangles.ts'

/** Lists the faces of each particle. */
export function listOwnFaces(c: Ptr, particles: I, faces: I): void {
  const triangles: Ptr = readInt(c + TRIANGLES)
  const starts: Ptr = readInt(c + OWN_STARTS)
  const own: Ptr = readInt(c + OWN_FACES)
  for (let p: I = 0; p <= particles; p++) writeInt(starts + p * 4, 0)
  for (let i: I = 0; i < faces * 3; i++) {
    const start: Ptr = starts + readInt(triangles + i * 4) * 4
    writeInt(start, readInt(start) + 1)
  }
  // Each start is first where its list ends, and comes down as that is filled.
  let end: I = 0
  for (let p: I = 0; p <= particles; p++) {
    end += readInt(starts + p * 4)
    writeInt(starts + p * 4, end)
  }
  for (let f: I = faces - 1; f >= 0; f--) {
    for (let k: I = 0; k < 12; k += 4) {
      const start: Ptr = starts + readInt(triangles + f * 12 + k) * 4
      const slot = readInt(start) - 1
      writeInt(start, slot)
      writeInt(own + slot * 4, f)
    }
  }
}

/** Which way the point looked at last looks: the sum of its faces' normals, by their areas. */
export let lookX: D = 0
export let lookY: D = 0
export let lookZ: D = 0

/** Finds which way a point of the surface looks. */
export function look(c: Ptr, p: I): void {
  const position: Ptr = readInt(c + POSITION)
  const triangles: Ptr = readInt(c + TRIANGLES)
  const starts: Ptr = readInt(c + OWN_STARTS) + p * 4
  const own: Ptr = readInt(c + OWN_FACES)
  lookX = 0
  lookY = 0
  lookZ = 0
  for (let e = readInt(starts); e < readInt(starts + 4); e++) {
    const face: Ptr = triangles + readInt(own + e * 4) * 12
    lean(position, position + readInt(face) * 16, position + readInt(face + 4) * 16, position + readInt(face + 8) * 16)
    lookX += leanX
    lookY += leanY
    lookZ += leanZ
  }
}
