/** Scenes for tests of liquid: a box whose inner faces are the surface, as if hollowed out of tissue. */
import type { FluidInput } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { ACCOUNT, type FluidMemory } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { addParticle } from '../../../../core/simulation/tissue/fluid/particles.ts'
import { DROP, DROP_ML } from '../../../../core/simulation/tissue/fluid/scale.ts'
import { book } from '../../../../core/simulation/tissue/fluid/volume.ts'

export type Tub = {
  readonly position: Float32Array
  readonly rest: Float32Array
  readonly triangle: Uint32Array
  readonly triangles: number
  readonly vertices: number
}

/** An open or closed box of inner width × height × width metres on y = 0, its faces cut into squares of about `edge`. */
export function createTub(width: number, height: number, edge: number, lid: boolean): Tub {
  const points: number[] = []
  const faces: number[] = []
  const half = width / 2
  const sheet = (o: number[], u: number[], v: number[], nu: number, nv: number) => {
    const first = points.length / 4
    for (let j = 0; j <= nv; j++) {
      for (let i = 0; i <= nu; i++) {
        for (let k = 0; k < 3; k++) points.push(o[k]! + (u[k]! * i) / nu + (v[k]! * j) / nv)
        points.push(1)
      }
    }
    for (let j = 0; j < nv; j++) {
      for (let i = 0; i < nu; i++) {
        const a = first + j * (nu + 1) + i
        const b = a + 1
        const c = a + nu + 1
        faces.push(a, b, c + 1, a, c + 1, c)
      }
    }
  }
  const n = Math.round(width / edge)
  const m = Math.round(height / edge)
  sheet([-half, 0, -half], [0, 0, width], [width, 0, 0], n, n)
  if (lid) sheet([-half, height, -half], [width, 0, 0], [0, 0, width], n, n)
  sheet([-half, 0, -half], [0, height, 0], [0, 0, width], m, n)
  sheet([half, 0, -half], [0, 0, width], [0, height, 0], n, m)
  sheet([-half, 0, -half], [width, 0, 0], [0, height, 0], n, m)
  sheet([-half, 0, half], [0, height, 0], [width, 0, 0], m, n)
  const position = Float32Array.from(points)
  return {
    position,
    rest: position.slice(),
    triangle: Uint32Array.from(faces),
    triangles: faces.length / 3,
    vertices: points.length / 4,
  }
}

/** Moves the tub as a whole from where it was made. */
export function placeTub(tub: Tub, x: number, y: number, z: number): void {
  for (let i = 0; i < tub.vertices; i++) {
    tub.position[i * 4] = tub.rest[i * 4]! + x
    tub.position[i * 4 + 1] = tub.rest[i * 4 + 1]! + y
    tub.position[i * 4 + 2] = tub.rest[i * 4 + 2]! + z
  }
}

/** Lays `count` drops of a liquid as a block of `columns` × `columns`, a little disordered, its lowest layer at `y`. */
export function fillTub(memory: FluidMemory, liquid: number, count: number, columns: number, y: number): void {
  const start = (-(columns - 1) * DROP) / 2
  for (let n = 0; n < count; n++) {
    const i = n % columns
    const j = Math.floor(n / columns) % columns
    const k = Math.floor(n / (columns * columns))
    const p = addParticle(
      memory,
      liquid,
      start + i * DROP + ((n * 7) % 5) * 4e-5,
      y + k * DROP,
      start + j * DROP + ((n * 3) % 7) * 4e-5,
      0,
      0,
      0,
    )
    memory.share[p * 5 + liquid] = DROP_ML
    book(memory, ACCOUNT.entered, liquid, DROP_ML)
  }
}

export function quietInput(): FluidInput {
  return {
    gx: 0,
    gy: -9.81,
    gz: 0,
    drive: { arterialMmHg: 90, venousMmHg: 8, ambientMmHg: 0, clotting: 1 },
    capsule: new Float64Array(7 * 8),
    capsules: 0,
  }
}
