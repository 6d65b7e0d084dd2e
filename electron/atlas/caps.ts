import { QUANTUM_MM, QUANTUM_ORIGIN_M } from '../../core/modelling/quantise.ts'
import type { Clip, Frame, Painted, View } from './raster.ts'
import { eachSpan, type Outline } from './scanline.ts'

/** The samples of a picture: so many along each side, so many to the mm. */
export type Canvas = {
  readonly n: number
  readonly scale: number
  readonly depth: Float32Array
  readonly colour: Float32Array
}

/** The clip whose cut face looks square at the viewer, if there is one. */
export function cutFacing(clips: readonly Clip[], view: View): Clip | undefined {
  return clips.find((clip) => ('above' in clip ? 1 : -1) * view.toward[clip.axis] > 0.99)
}

/**
 * Closes the cut face of a solid with its own colour, as a section shows it: between the crossings of its outline with
 * each row of samples. Solids that lie in others come later and win. Nothing is drawn beyond the other clips.
 */
export function capSolid(
  item: Painted,
  clip: Clip,
  others: readonly Clip[],
  view: View,
  frame: Frame,
  canvas: Canvas,
): void {
  const { axis } = clip
  const at = 'above' in clip ? clip.above : clip.below
  const { n, scale, depth, colour } = canvas
  // As the depth is kept: a later solid on the same plane must not fail by a rounding.
  const level = Math.fround(view.toward[axis] * (at - frame.centre[axis]))
  const plain = item.colour.map((c) => c * 0.92)
  eachSpan(outlineOf(item, axis, at, view, frame, canvas), n, n, (row, from, to) => {
    for (let x = from; x < to; x++) {
      const across = (x + 0.5 - n / 2) / scale
      const up = (n / 2 - row - 0.5) / scale
      const kept = others.every((other) => {
        if (other.axis === axis) return 'above' in other ? at <= other.above : at >= other.below
        const p = frame.centre[other.axis] + across * view.right[other.axis] + up * view.up[other.axis]
        return 'above' in other ? p <= other.above : p >= other.below
      })
      const o = row * n + x
      if (!kept || level < depth[o]) continue
      depth[o] = level
      colour.set(plain, o * 3)
    }
  })
}

/** The outline of the section, in samples. */
function outlineOf(
  { mesh: { q, indices } }: Painted,
  axis: 0 | 1 | 2,
  at: number,
  view: View,
  frame: Frame,
  { n, scale }: Canvas,
): Outline {
  const outline: [[number, number], [number, number]][] = []
  // Between two quanta, so that no vertex lies on the plane.
  const plane = Math.floor((at / 1000 - QUANTUM_ORIGIN_M[axis]) * 32768) + 0.5
  const place = (a: number, b: number): [number, number] => {
    const t = (plane - q[a * 3 + axis]) / (q[b * 3 + axis] - q[a * 3 + axis])
    let [x, y] = [n / 2, n / 2]
    for (let c = 0; c < 3; c++) {
      const mm = (q[a * 3 + c] + t * (q[b * 3 + c] - q[a * 3 + c])) * QUANTUM_MM + QUANTUM_ORIGIN_M[c] * 1000
      x += scale * (mm - frame.centre[c]) * view.right[c]
      y -= scale * (mm - frame.centre[c]) * view.up[c]
    }
    return [x, y]
  }
  for (let t = 0; t < indices.length; t += 3) {
    const cut: [number, number][] = []
    for (let k = 0; k < 3; k++) {
      const [a, b] = [indices[t + k], indices[t + ((k + 1) % 3)]]
      if (q[a * 3 + axis] > plane !== q[b * 3 + axis] > plane) cut.push(place(Math.min(a, b), Math.max(a, b)))
    }
    if (cut.length === 2) outline.push([cut[0], cut[1]])
  }
  return outline
}
