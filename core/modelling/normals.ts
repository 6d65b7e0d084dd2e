/** How sharply a neighbour's say falls with the angle to it: half at 20°, next to nothing at 50°. */
const SHARPNESS = 12
/** Width over which normals are evened, mm: that of the facets from which lofts and sheets are measured. */
const WIDTH_MM = 8

/**
 * Evens the normals of a mesh over a few millimetres, so that the flat facets of the shapes it was measured from do not
 * show in its shading; true edges keep theirs. Answers new normals.
 */
export function evenNormals(normals: Float32Array, indices: Uint32Array, cellMm: number): Float32Array {
  const passes = Math.max(2, Math.min(5, Math.round(WIDTH_MM / cellMm)))
  let from = normals
  for (let pass = 0; pass < passes; pass++) {
    const to = from.slice()
    for (let i = 0; i < indices.length; i++) {
      const a = indices[i] * 3
      const b = indices[i % 3 === 2 ? i - 2 : i + 1] * 3
      const dot = from[a] * from[b] + from[a + 1] * from[b + 1] + from[a + 2] * from[b + 2]
      if (dot <= 0) continue
      // Each edge of a closed mesh comes twice, once each way; so both ends get the other's share.
      const weight = dot ** SHARPNESS
      for (let c = 0; c < 3; c++) to[a + c] += weight * from[b + c]
    }
    for (let v = 0; v < to.length; v += 3) {
      const length = Math.sqrt(to[v] ** 2 + to[v + 1] ** 2 + to[v + 2] ** 2)
      for (let c = 0; c < 3; c++) to[v + c] /= length
    }
    from = to
  }
  return from
}

/** Cosine of the angle between neighbouring normals from which an edge counts as sharp. */
const SHARP = 0.8

/**
 * Marks with 1 the vertices on sharp edges and those beside them: while they stay, no long triangle carries the normal of
 * a rim up a smooth side.
 */
export function besideSharpEdges(normals: Float32Array, indices: Uint32Array): Uint8Array {
  const out = new Uint8Array(normals.length / 3)
  for (let i = 0; i < indices.length; i++) {
    const a = indices[i]
    const b = indices[i % 3 === 2 ? i - 2 : i + 1]
    let dot = 0
    for (let c = 0; c < 3; c++) dot += normals[a * 3 + c] * normals[b * 3 + c]
    if (dot < SHARP) {
      out[a] = 1
      out[b] = 1
    }
  }
  return out
}

/** Cosine of the angle between a vertex's normal and the faces at it from which it counts as lying on a rim. */
const RIM = 0.75

/**
 * Normals for a coarse mesh: where the triangles at a vertex face away from its normal, as at the rim of a sheet, it takes
 * that of the triangles, the largest counting most. No long triangle then carries the normal of a rim up a smooth side.
 */
export function rimsLikeFaces(normals: Float32Array, positions: ArrayLike<number>, indices: Uint32Array): Float32Array {
  const sums = new Float32Array(normals.length)
  const turned = new Uint8Array(normals.length / 3)
  for (let t = 0; t < indices.length; t += 3) {
    const n = faceNormal(positions, indices, t)
    const area = Math.sqrt(n[0] ** 2 + n[1] ** 2 + n[2] ** 2)
    for (let k = 0; k < 3; k++) {
      const o = indices[t + k] * 3
      const dot = (n[0] * normals[o] + n[1] * normals[o + 1] + n[2] * normals[o + 2]) / area
      if (dot < RIM) turned[o / 3] = 1
      for (let c = 0; c < 3; c++) sums[o + c] += n[c] * area
    }
  }
  const out = normals.slice()
  for (let v = 0; v < turned.length; v++) {
    const o = v * 3
    const length = Math.sqrt(sums[o] ** 2 + sums[o + 1] ** 2 + sums[o + 2] ** 2)
    if (turned[v] === 1 && length > 0) for (let c = 0; c < 3; c++) out[o + c] = sums[o + c] / length
  }
  return out
}

/** Twice the area of a triangle along its normal. */
function faceNormal(p: ArrayLike<number>, indices: Uint32Array, t: number): [number, number, number] {
  const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3]
  const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]]
  const [vx, vy, vz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]]
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
}
