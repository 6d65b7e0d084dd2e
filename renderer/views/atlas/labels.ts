/** A point on the screen that a label names; pixels, y down. */
export type Anchor = { readonly x: number; readonly y: number; readonly text: string }
export type Label = Anchor & { readonly labelX: number; readonly labelY: number; readonly side: 'left' | 'right' }

/** The part of the picture that panels leave free, in pixels from its left edge. */
export type Area = { readonly left: number; readonly right: number }

const LINE_PX = 26
/** Width of a letter, about; and the widest text that gets its room. */
const LETTER_PX = 7.6
const MOST_TEXT_PX = 250
/** The least length of a leader line. */
const ROOM_PX = 30
const COLUMN_SHARE = 0.17

/**
 * Places labels in two columns beside the anchors. Within a column the order from top to bottom is that of the angle at
 * which leader lines leave, which keeps them from crossing; lines of both columns never meet.
 */
export function placeLabels(anchors: readonly Anchor[], area: Area, height: number): Label[] {
  if (anchors.length === 0) return []
  const middle = anchors.reduce((sum, { x }) => sum + x, 0) / anchors.length
  const low = Math.min(...anchors.map(({ x }) => x))
  const high = Math.max(...anchors.map(({ x }) => x))
  const width = area.right - area.left
  const text = Math.min(MOST_TEXT_PX, 20 + LETTER_PX * Math.max(...anchors.map((anchor) => anchor.text.length)))
  const columns = {
    left: Math.max(area.left + text, low - width * COLUMN_SHARE),
    right: Math.min(area.right - text, high + width * COLUMN_SHARE),
  }
  const sorted = [...anchors].sort((a, b) => a.x - b.x)
  const half = Math.ceil(sorted.length / 2)
  const room = { left: low - columns.left > ROOM_PX, right: columns.right - high > ROOM_PX }
  // One alone goes to the side with more room; all go to one side where the other has none.
  const even = sorted.length === 1 ? (middle < area.left + width / 2 ? 1 : 0) : half
  const split = room.left === room.right ? even : room.left ? sorted.length : 0
  return [
    ...column(sorted.slice(0, split), 'left', columns.left, height),
    ...column(sorted.slice(split), 'right', columns.right, height),
  ]
}

function column(anchors: readonly Anchor[], side: 'left' | 'right', labelX: number, height: number): Label[] {
  const total = anchors.length * LINE_PX
  const mean = anchors.reduce((sum, { y }) => sum + y, 0) / Math.max(1, anchors.length)
  const top = Math.min(Math.max(60, mean - total / 2), Math.max(60, height - total - 90))
  const labels = [...anchors]
    .sort((a, b) => a.y - b.y)
    .map((anchor, i): Label => ({ ...anchor, side, labelX, labelY: top + (i + 0.5) * LINE_PX }))
  return uncross(labels)
}

/** Swaps places of labels until no two lines of the column cross; each swap shortens them, so it ends. */
function uncross(labels: Label[]): Label[] {
  const out = [...labels]
  for (let round = 0; round < out.length * out.length; round++) {
    let swapped = false
    for (let i = 0; i < out.length; i++)
      for (let j = i + 1; j < out.length; j++) {
        if (!cross(out[i], out[j])) continue
        const { labelY } = out[i]
        out[i] = { ...out[i], labelY: out[j].labelY }
        out[j] = { ...out[j], labelY }
        swapped = true
      }
    if (!swapped) break
  }
  return out
}

/** Whether two leader lines cross. */
export function cross(a: Label, b: Label): boolean {
  const side = (p: Label, x: number, y: number) => (p.labelX - p.x) * (y - p.y) - (p.labelY - p.y) * (x - p.x)
  const opposite = (u: number, v: number) => (u > 0 && v < 0) || (u < 0 && v > 0)
  return (
    opposite(side(a, b.x, b.y), side(a, b.labelX, b.labelY)) && opposite(side(b, a.x, a.y), side(b, a.labelX, a.labelY))
  )
}
