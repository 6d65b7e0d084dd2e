import type { Assets } from '../library.ts'
import { eachSpan } from '../scanline.ts'
import { LAYERS, SACS, type Solid } from './solids.ts'

/** One axial section: areas inside the skin, mm². */
export type Section = {
  readonly y: number
  readonly skin: number
  readonly unassigned: number
  /** Claimed by a fill alone: fat between muscles, a space between organs. Much of it where muscles are too slender. */
  readonly filled: number
  readonly twice: number
}

export type SectionReport = {
  readonly sections: readonly Section[]
  /** Shares of the area inside the skin, over all sections. */
  readonly unassignedShare: number
  readonly filledShare: number
  readonly twiceShare: number
  /** Pairs that claim most area together, mm² over all sections. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly mm2: number }[]
}

const CELL = 1
const EVERY = 20

/** Fat under the skin is followed inwards only through gaps at least this wide, in cells to either side. */
const REACH = 2

/**
 * Cuts the body every 20 mm and counts whose each square millimetre is. Wholes, second divisions and thin covers that wait to be
 * asked for do not count; fills do (`divisions.yaml`): such a solid reaches to the wall of its compartment and claims only
 * what nothing in it claims. Fat under the skin is what can be reached from the skin without passing a fill or a gap of less
 * than 5 mm; what is left is unassigned. An area counts twice only where two structures (or two fills) overlap by more
 * than a millimetre's rim, and neither is part of the other.
 */
export function checkSections(assets: Assets, solids: ReadonlyMap<string, Solid>): SectionReport {
  const skin = solids.get('skin')
  if (!skin) return { sections: [], unassignedShare: 0, filledShare: 0, twiceShare: 0, pairs: [] }
  const isFill = (id: string) => assets.fill(id) || SACS.test(id)
  const all = [...solids.values()].filter((s) => !LAYERS.test(s.id))
  const body: Body = {
    skin,
    fat: solids.get('subcutaneous-tissue'),
    parts: all.filter((s) => !isFill(s.id) && !assets.hiddenFirst(s.id)),
    fills: all.filter((s) => isFill(s.id)),
    kin: kinship(assets),
    pairs: new Map(),
  }
  const grid = new Grid(skin)
  const sections: Section[] = []
  for (let y = Math.ceil((skin.min[1] + 5) / EVERY) * EVERY; y < skin.max[1] - 5; y += EVERY)
    sections.push(sectionAt(y + 0.013, body, grid))
  const sum = (key: 'skin' | 'unassigned' | 'filled' | 'twice') => sections.reduce((n, s) => n + s[key], 0)
  return {
    sections,
    unassignedShare: sum('unassigned') / sum('skin'),
    filledShare: sum('filled') / sum('skin'),
    twiceShare: sum('twice') / sum('skin'),
    pairs: [...body.pairs]
      .map(([key, mm2]) => ({ a: key.split(' ')[0], b: key.split(' ')[1], mm2 }))
      .sort((a, b) => b.mm2 - a.mm2)
      .slice(0, 60),
  }
}

type Body = {
  readonly skin: Solid
  readonly fat: Solid | undefined
  readonly parts: readonly Solid[]
  readonly fills: readonly Solid[]
  readonly kin: (a: string, b: string) => boolean
  /** Area claimed by two, mm², by both names. */
  readonly pairs: Map<string, number>
}

class Grid {
  readonly x0: number
  readonly z0: number
  readonly width: number
  readonly height: number
  constructor(skin: Solid) {
    this.x0 = skin.min[0] - 2
    this.z0 = skin.min[2] - 2
    this.width = Math.ceil((skin.max[0] - this.x0 + 4) / CELL)
    this.height = Math.ceil((skin.max[2] - this.z0 + 4) / CELL)
  }
}

function sectionAt(y: number, body: Body, grid: Grid): Section {
  const inside = new Uint8Array(grid.width * grid.height)
  fill(body.skin, y, grid, (cell) => {
    inside[cell] = 1
  })
  const deep = new Uint8Array(inside.length)
  if (body.fat)
    fill(body.fat, y, grid, (cell) => {
      deep[cell] = 1
    })
  const parts = new Claims(body.parts, body.kin, y, grid)
  const fills = new Claims(body.fills, body.kin, y, grid)
  const claimed = parts.owner.map((k, cell) => Math.max(k, fills.owner[cell]))
  const reached = reachedFromSkin(inside, deep, claimed, grid)
  let [skin, unassigned, filled] = [0, 0, 0]
  for (let cell = 0; cell < inside.length; cell++) {
    if (!inside[cell]) continue
    skin++
    if (claimed[cell] < 0 && !reached[cell]) unassigned++
    if (parts.owner[cell] < 0 && fills.owner[cell] >= 0) filled++
  }
  return {
    y: Math.round(y),
    skin: skin * CELL * CELL,
    unassigned: unassigned * CELL * CELL,
    filled: filled * CELL * CELL,
    twice: parts.twice(() => true, body.pairs) + fills.twice((cell) => parts.owner[cell] < 0, body.pairs),
  }
}

/** Who claims each cell of a section, and who else. */
class Claims {
  private readonly solids: readonly Solid[]
  private readonly grid: Grid
  readonly owner: Int32Array
  private readonly second: Int32Array

  constructor(solids: readonly Solid[], kin: (a: string, b: string) => boolean, y: number, grid: Grid) {
    this.solids = solids
    this.grid = grid
    this.owner = new Int32Array(grid.width * grid.height).fill(-1)
    this.second = new Int32Array(this.owner.length).fill(-1)
    solids.forEach((solid, k) => {
      if (solid.min[1] > y || solid.max[1] < y) return
      fill(solid, y, grid, (cell) => {
        if (this.owner[cell] < 0) this.owner[cell] = k
        else if (this.second[cell] < 0 && !kin(solids[this.owner[cell]].id, solid.id)) this.second[cell] = k
      })
    })
  }

  /** Area claimed by two among the cells that matter, only where the overlap is wider than a rim of a millimetre on every side. */
  twice(matters: (cell: number) => boolean, pairs: Map<string, number>): number {
    const { owner, second, solids } = this
    const { width } = this.grid
    let cells = 0
    for (let cell = width; cell < second.length - width; cell++) {
      if (second[cell] < 0 || !matters(cell)) continue
      if ([1, -1, width, -width].some((step) => second[cell + step] < 0)) continue
      cells++
      const key = [solids[owner[cell]].id, solids[second[cell]].id].sort().join(' ')
      pairs.set(key, (pairs.get(key) ?? 0) + CELL * CELL)
    }
    return cells * CELL * CELL
  }
}

/** Skin, and the fat under it as far as it reaches inwards without a break: a flood that stops at any claim and at narrow gaps. */
function reachedFromSkin(inside: Uint8Array, deep: Uint8Array, claimed: Int32Array, grid: Grid): Uint8Array {
  const blocked = claimed.map((k, cell) => (inside[cell] && k >= 0 ? 1 : 0))
  const near = spread(blocked, REACH, grid)
  const reached = new Uint8Array(inside.length)
  const queue: number[] = []
  const reach = (cell: number) => {
    if (reached[cell] || !inside[cell] || blocked[cell]) return
    reached[cell] = 1
    queue.push(cell)
  }
  for (let cell = 0; cell < inside.length; cell++) if (!deep[cell]) reach(cell)
  while (queue.length > 0) {
    const cell = queue.pop()!
    if (near[cell] && deep[cell]) continue
    for (const step of [1, -1, grid.width, -grid.width]) if (!near[cell + step]) reach(cell + step)
  }
  // What the width of the gaps kept off: the rim of whatever was reached.
  const rim = spread(reached, REACH + 1, grid)
  return reached.map((was, cell) => (was || (rim[cell] && inside[cell] && !blocked[cell]) ? 1 : 0))
}

/** Every cell with a marked one within `by` columns and rows. */
function spread(marked: ArrayLike<number>, by: number, { width }: Grid): Uint8Array {
  const along = (from: ArrayLike<number>, step: number) => {
    const to = new Uint8Array(from.length)
    for (let cell = 0; cell < to.length; cell++)
      if (from[cell]) for (let k = -by; k <= by; k++) if (cell + k * step in to) to[cell + k * step] = 1
    return to
  }
  return along(along(marked, 1), width)
}

/** Visits the cells of a solid's section at height y, row by row, by where its outline crosses the row. */
function fill({ positions: p, indices }: Solid, y: number, grid: Grid, visit: (cell: number) => void): void {
  const outline: [[number, number], [number, number]][] = []
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3]
    const above = (p[a + 1] > y ? 1 : 0) + (p[b + 1] > y ? 1 : 0) + (p[c + 1] > y ? 1 : 0)
    if (above === 0 || above === 3) continue
    const ends: [number, number][] = []
    for (const [u, v] of [
      [a, b],
      [b, c],
      [c, a],
    ]) {
      if (p[u + 1] > y === p[v + 1] > y) continue
      const w = (y - p[u + 1]) / (p[v + 1] - p[u + 1])
      ends.push([(p[u] + w * (p[v] - p[u]) - grid.x0) / CELL, (p[u + 2] + w * (p[v + 2] - p[u + 2]) - grid.z0) / CELL])
    }
    outline.push([ends[0], ends[1]])
  }
  eachSpan(outline, grid.width, grid.height, (row, from, to) => {
    for (let column = from; column < to; column++) visit(row * grid.width + column)
  })
}

/** Whether one is part of the other, or holds it: such areas are not claimed twice. */
function kinship(assets: Assets): (a: string, b: string) => boolean {
  const holds = new Set(
    assets.relations.filter((r) => r.relation === 'contains').map((r) => `${r.subject} ${r.object}`),
  )
  const under = (id: string, above: string): boolean => {
    for (let at: string | undefined = id, n = 0; at && n < 12; n++) {
      if (at === above) return true
      at = assets.terms.get(at)?.parent || undefined
    }
    return false
  }
  const known = new Map<string, boolean>()
  return (a, b) => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = under(a, b) || under(b, a) || holds.has(`${a} ${b}`) || holds.has(`${b} ${a}`)
    known.set(key, made)
    return made
  }
}
