/** Lattices of round strands. */
import type { LatticeData } from './load.ts'
import { boxLattice } from './shapes.ts'

/** A place along a strand, and how thick it is there; m. */
export type Station = { readonly at: readonly number[]; readonly radius: number }

/** How far the corners of a strand's section are drawn in to its circle: all the way, they would be flat. */
const ROUND = 0.85

/**
 * A round strand through stations, as vessels, ducts and appendages are: a box of `across` × `across` × n cubes whose
 * section is drawn into a circle, bent along a smooth curve. Its first and last rings are `first` and `last` of the answer.
 */
export function strandLattice(
  stations: readonly Station[],
  across: number,
  material: number,
): LatticeData & { readonly first: readonly number[]; readonly last: readonly number[] } {
  const line = smoothLine(stations, across)
  const box = boxLattice([across, across, line.length - 1], 1, [0, 0, 0], material)
  const ring = (across + 1) * (across + 1)
  const positions: number[] = []
  let side = perpendicular(tangentAt(line, 0))
  for (let k = 0; k < line.length; k++) {
    const ahead = tangentAt(line, k)
    side = unit(side.map((x, i) => x - ahead[i] * dot(side, ahead)))
    const up = cross(ahead, side)
    for (let n = k * ring; n < (k + 1) * ring; n++) {
      const u = (box.positions[n * 3] * 2) / across - 1
      const v = (box.positions[n * 3 + 1] * 2) / across - 1
      const far = Math.sqrt(u * u + v * v)
      const drawn = far > 0 ? 1 - ROUND + (ROUND * Math.max(Math.abs(u), Math.abs(v))) / far : 0
      for (let i = 0; i < 3; i++) positions.push(line[k].at[i] + line[k].radius * drawn * (u * side[i] + v * up[i]))
    }
  }
  const ringAt = (k: number) => Array.from({ length: ring }, (_, n) => k * ring + n)
  return { ...box, positions, first: ringAt(0), last: ringAt(line.length - 1) }
}

/** Stations on the Catmull–Rom curve through those given, about as far apart as the cubes are wide. */
function smoothLine(stations: readonly Station[], across: number): Station[] {
  const line: Station[] = []
  for (let s = 0; s + 1 < stations.length; s++) {
    const four = [-1, 0, 1, 2].map((i) => stations[Math.min(stations.length - 1, Math.max(0, s + i))])
    const [, from, to] = four
    const length = Math.sqrt(from.at.reduce((sum, x, i) => sum + (to.at[i] - x) * (to.at[i] - x), 0))
    const steps = Math.max(1, Math.floor((length * across) / (from.radius + to.radius) + 0.5))
    for (let n = 0; n < steps + (s + 2 === stations.length ? 1 : 0); n++) {
      const t = n / steps
      const curve = (a: number, b: number, c: number, d: number) =>
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
      const at = [0, 1, 2].map((i) => curve(four[0].at[i], from.at[i], to.at[i], four[3].at[i]))
      line.push({ at, radius: from.radius + (to.radius - from.radius) * t })
    }
  }
  return line
}

const dot = (a: readonly number[], b: readonly number[]): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

function cross(a: readonly number[], b: readonly number[]): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function unit(a: readonly number[]): number[] {
  const size = Math.sqrt(dot(a, a))
  return a.map((x) => x / size)
}

function tangentAt(line: readonly Station[], k: number): number[] {
  const [from, to] = [line[Math.max(0, k - 1)].at, line[Math.min(line.length - 1, k + 1)].at]
  return unit(to.map((x, i) => x - from[i]))
}

function perpendicular(a: readonly number[]): number[] {
  const other = Math.abs(a[0]) < 0.8 ? [1, 0, 0] : [0, 0, 1]
  return unit(other.map((x, i) => x - a[i] * dot(other, a)))
}
