/** The triangles round each vertex, as lists with starts: each triangle, and its corner after the vertex and before it. */
export class Fans {
  readonly start: Uint32Array
  readonly next: Uint32Array
  readonly last: Uint32Array
  readonly triangle: Uint32Array

  constructor(vertices: number, indices: ArrayLike<number>) {
    this.start = new Uint32Array(vertices + 1)
    for (let i = 0; i < indices.length; i++) this.start[indices[i] + 1]++
    for (let v = 0; v < vertices; v++) this.start[v + 1] += this.start[v]
    const fill = this.start.slice()
    this.next = new Uint32Array(indices.length)
    this.last = new Uint32Array(indices.length)
    this.triangle = new Uint32Array(indices.length)
    for (let i = 0; i < indices.length; i++) {
      const slot = fill[indices[i]]++
      this.next[slot] = indices[i % 3 === 2 ? i - 2 : i + 1]
      this.last[slot] = indices[i % 3 === 0 ? i + 2 : i - 1]
      this.triangle[slot] = Math.floor(i / 3)
    }
  }

  /** Where the edge from u to v first stands in the fan of u; −1 when it does not. */
  slot(u: number, v: number): number {
    for (let k = this.start[u]; k < this.start[u + 1]; k++) if (this.next[k] === v) return k
    return -1
  }

  /** How many triangles run from u to v. */
  times(u: number, v: number): number {
    let n = 0
    for (let k = this.start[u]; k < this.start[u + 1]; k++) if (this.next[k] === v) n++
    return n
  }
}
