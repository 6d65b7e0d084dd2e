import { BufferAttribute, BufferGeometry, CatmullRomCurve3, Vector3 } from 'three'

const MM = 0.001

/**
 * A closed solid swept along a spline with an elliptic section that varies along it: the form of shanks, jaws, tubes.
 *
 * @param points control points of the centreline, mm
 * @param section half axes at each control point, mm: `[across, along up]`
 * @param up direction of the second half axis
 * @returns geometry in metres with smooth normals and round ends
 */
export function sweep(
  points: readonly (readonly [number, number, number])[],
  section: readonly (readonly [number, number])[],
  up: readonly [number, number, number] = [0, 1, 0],
  steps = 24,
  around = 10,
): BufferGeometry {
  const curve = new CatmullRomCurve3(
    points.map((p) => new Vector3(p[0], p[1], p[2])),
    false,
    'centripetal',
  )
  const positions: number[] = []
  const index: number[] = []
  const centre = new Vector3()
  const tangent = new Vector3()
  const side = new Vector3()
  const top = new Vector3()
  const rows = steps + 5
  for (let row = 0; row < rows; row++) {
    const [t, shrink, push] = capped(row, steps)
    curve.getPoint(t, centre)
    curve.getTangent(t, tangent)
    side.crossVectors(tangent, top.set(up[0], up[1], up[2])).normalize()
    top.crossVectors(side, tangent).normalize()
    const at = t * (section.length - 1)
    const low = Math.min(Math.floor(at), section.length - 2)
    const mix = at - low
    const a = section[low][0] * (1 - mix) + section[low + 1][0] * mix
    const b = section[low][1] * (1 - mix) + section[low + 1][1] * mix
    centre.addScaledVector(tangent, push * Math.min(a, b))
    for (let k = 0; k < around; k++) {
      const angle = (2 * Math.PI * k) / around
      const x = Math.cos(angle) * a * shrink
      const y = Math.sin(angle) * b * shrink
      positions.push(
        (centre.x + side.x * x + top.x * y) * MM,
        (centre.y + side.y * x + top.y * y) * MM,
        (centre.z + side.z * x + top.z * y) * MM,
      )
    }
  }
  for (let row = 0; row + 1 < rows; row++) {
    for (let k = 0; k < around; k++) {
      const next = (k + 1) % around
      const a = row * around + k
      const b = row * around + next
      index.push(a, b, a + around, b, b + around, a + around)
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  return geometry
}

/** Parameter, shrink of the section and push along the tangent for one row of a sweep with rounded caps. */
function capped(row: number, steps: number): [number, number, number] {
  if (row === 0) return [0, 0.02, -0.9]
  if (row === 1) return [0, 0.7, -0.6]
  if (row === steps + 3) return [1, 0.7, 0.6]
  if (row === steps + 4) return [1, 0.02, 0.9]
  return [(row - 2) / steps, 1, 0]
}
