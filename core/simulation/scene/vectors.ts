/** Vectors of three numbers. */
export type Vector = readonly number[]

/** a + by · b. */
export const add = (a: Vector, b: Vector, by = 1): Vector => a.map((x, i) => x + by * b[i])
export const minus = (a: Vector, b: Vector): Vector => add(a, b, -1)
export const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * b[i], 0)
export const sizeOf = (a: Vector): number => Math.sqrt(dot(a, a))
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Of length one. */
export function unit(a: Vector): Vector {
  const size = sizeOf(a)
  return a.map((x) => x / size)
}
