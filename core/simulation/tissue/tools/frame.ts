/** The directions of an instrument, and where a point lies in them. */
import { INSTRUMENTS } from './catalogue.ts'
import { TOOL } from './tool.ts'

/** Fills `axis` with a tool's unit directions: towards the hand (0–2), in which its jaws open (3–5), aside (6–8). */
export function toolFrame(tool: Float64Array, axis: Float64Array): void {
  const length = INSTRUMENTS[tool[TOOL.kind]].length
  const x = (tool[TOOL.bx] - tool[TOOL.ax]) / length
  const y = (tool[TOOL.by] - tool[TOOL.ay]) / length
  const z = (tool[TOOL.bz] - tool[TOOL.az]) / length
  const along = x * tool[TOOL.upX] + y * tool[TOOL.upY] + z * tool[TOOL.upZ]
  let ux = tool[TOOL.upX] - along * x
  let uy = tool[TOOL.upY] - along * y
  let uz = tool[TOOL.upZ] - along * z
  const size = Math.sqrt(ux * ux + uy * uy + uz * uz)
  if (size > 1e-9) {
    ux /= size
    uy /= size
    uz /= size
  } else {
    // The hand says no direction: any one across the shaft, always the same.
    const flat = Math.abs(y) < 0.9
    ux = flat ? -y * x : -z * x
    uy = flat ? 1 - y * y : -z * y
    uz = flat ? -y * z : 1 - z * z
    const other = Math.sqrt(ux * ux + uy * uy + uz * uz)
    ux /= other
    uy /= other
    uz /= other
  }
  axis[0] = x
  axis[1] = y
  axis[2] = z
  axis[3] = ux
  axis[4] = uy
  axis[5] = uz
  axis[6] = y * uz - z * uy
  axis[7] = z * ux - x * uz
  axis[8] = x * uy - y * ux
}

/** Tissue within this of the line of the jaws is caught, m. */
export const CATCH = 0.0035

/** Directions of the tool whose jaws are asked about, and half of their opening, m. */
const axis = new Float64Array(10)
const HALF = 9

/** Between a tool's jaws as they stood a tick ago: readies {@link placeInJaws} for points. */
export function readyJaws(tool: Float64Array): void {
  const { jaws } = INSTRUMENTS[tool[TOOL.kind]]
  toolFrame(tool, axis)
  axis[HALF] = jaws ? jaws.length * jaws.open * tool[TOOL.jawBefore] + CATCH : 0
}

/**
 * Fills `place` with where the point at `points[at]` lies from the tip (towards the hand, in the opening direction, aside;
 * m) and says whether that is between the jaws. {@link readyJaws} must come before.
 */
export function placeInJaws(
  tool: Float64Array,
  points: Float32Array | Float64Array,
  at: number,
  place: Float64Array,
): boolean {
  const x = points[at] - tool[TOOL.ax]
  const y = points[at + 1] - tool[TOOL.ay]
  const z = points[at + 2] - tool[TOOL.az]
  place[0] = x * axis[0] + y * axis[1] + z * axis[2]
  place[1] = x * axis[3] + y * axis[4] + z * axis[5]
  place[2] = x * axis[6] + y * axis[7] + z * axis[8]
  const length = INSTRUMENTS[tool[TOOL.kind]].jaws?.length ?? 0
  return place[0] >= -CATCH && place[0] <= length && Math.abs(place[1]) <= axis[HALF] && Math.abs(place[2]) <= CATCH
}
