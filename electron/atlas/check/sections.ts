import type { Assets } from '../library.ts'
import { HOLDERS, type Solid } from './solids.ts'

/** One axial section: areas inside the skin, mm². */
export type Section = { readonly y: number; readonly skin: number; readonly unassigned: number; readonly twice: number }

export type SectionReport = {
  readonly sections: readonly Section[]
  /** Shares of the area inside the skin, over all sections. */
  readonly unassignedShare: number
  readonly twiceShare: number
  /** Pairs that claim most area together, mm² over all sections. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly mm2: number }[]
}

const CELL = 1
const EVERY = 20

/**
 * Cuts the body every 20 mm and counts whose each square millimetre is. Fat under the skin is what lies outside all
 * else; an area counts twice only where two structures overlap by more than a millimetre's rim, and neither is part of the other.
 */
export function checkSections(assets: Assets, solids: ReadonlyMap<string, Solid>): SectionReport {
  const skin = solids.get('skin')
  if (!skin) return { sections: [], unassignedShare: 0, twiceShare: 0, pairs: [] }
  const parts = [...solids.values()].filter((s) => !HOLDERS.test(s.id) && !assets.hiddenFirst(s.id))
  const fat = solids.get('subcutaneous-tissue')
  const grid = new Grid(skin)
  const kin = kinship(assets)
  const pairs = new Map<string, number>()
  const sections: Section[] = []
  for (let y = Math.ceil((skin.min[1] + 5) / EVERY) * EVERY; y < skin.max[1] - 5; y += EVERY)
    sections.push(sectionAt(y + 0.013, skin, fat, parts, grid, kin, pairs))
  const sum = (key: 'skin' | 'unassigned' | 'twice') => sections.reduce((n, s) => n + s[key], 0)
  return {
    sections,
    unassignedShare: sum('unassigned') / sum('skin'),
    twiceShare: sum('twice') / sum('skin'),
    pairs: [...pairs]
      .map(([key, mm2]) => ({ a: key.split(' ')[0], b: key.split(' ')[1], mm2 }))
      .sort((a, b) => b.mm2 - a.mm2)
      .slice(0, 60),
  }
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

function sectionAt(
  y: number,
  skin: Solid,
  fat: Solid | undefined,
  parts: readonly Solid[],
  grid: Grid,
  kin: (a: string, b: string) => boolean,
  pairs: Map<string, number>,
): Section {
  const inside = new Uint8Array(grid.width * grid.height)
  fill(skin, y, grid, (cell) => {
    inside[cell] = 1
  })
  const deep = new Uint8Array(inside.length)
  if (fat)
    fill(fat, y, grid, (cell) => {
      deep[cell] = 1
    })
  const owner = new Int32Array(inside.length).fill(-1)
  const second = new Int32Array(inside.length).fill(-1)
  parts.forEach((part, k) => {
    if (part.min[1] > y || part.max[1] < y) return
    fill(part, y, grid, (cell) => {
      if (owner[cell] < 0) owner[cell] = k
      else if (second[cell] < 0 && !kin(parts[owner[cell]].id, part.id)) second[cell] = k
    })
  })
  const [area, unassigned] = unassignedIn(inside, deep, owner, grid)
  let twice = 0
  for (let cell = grid.width; cell < second.length - grid.width; cell++) {
    if (second[cell] < 0) continue
    // Only where the overlap is wider than a rim of a millimetre on every side.
    if ([1, -1, grid.width, -grid.width].some((step) => second[cell + step] < 0)) continue
    twice++
    const key = [parts[owner[cell]].id, parts[second[cell]].id].sort().join(' ')
    pairs.set(key, (pairs.get(key) ?? 0) + CELL * CELL)
  }
  return { y: Math.round(y), skin: area, unassigned, twice: twice * CELL * CELL }
}

/** Layers nearer to the skin than the deep fascia are skin and fat; deeper, what no structure claims is unassigned. */
function unassignedIn(inside: Uint8Array, deep: Uint8Array, owner: Int32Array, grid: Grid): [number, number] {
  let area = 0
  let unassigned = 0
  // From the skin inwards as far as fat reaches without a break: a flood from outside that stops at any structure.
  const reached = new Uint8Array(inside.length)
  const queue: number[] = []
  for (let cell = 0; cell < inside.length; cell++) {
    if (!inside[cell]) continue
    area++
    if (owner[cell] < 0 && !deep[cell]) {
      reached[cell] = 1
      queue.push(cell)
    }
  }
  while (queue.length > 0) {
    const cell = queue.pop()!
    for (const step of [1, -1, grid.width, -grid.width]) {
      const next = cell + step
      if (reached[next] || !inside[next] || owner[next] >= 0) continue
      reached[next] = 1
      queue.push(next)
    }
  }
  for (let cell = 0; cell < inside.length; cell++) if (inside[cell] && owner[cell] < 0 && !reached[cell]) unassigned++
  return [area * CELL * CELL, unassigned * CELL * CELL]
}

/** Visits the cells of a solid's section at height y, row by row, by where its outline crosses the row. */
function fill({ positions: p, indices }: Solid, y: number, grid: Grid, visit: (cell: number) => void): void {
  const rows = new Map<number, number[]>()
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
      ends.push([p[u] + w * (p[v] - p[u]), p[u + 2] + w * (p[v + 2] - p[u + 2])])
    }
    const [[x1, z1], [x2, z2]] = ends
    const low = Math.ceil((Math.min(z1, z2) - grid.z0) / CELL - 0.5)
    const high = Math.ceil((Math.max(z1, z2) - grid.z0) / CELL - 0.5)
    for (let row = low; row < high; row++) {
      const z = grid.z0 + (row + 0.5) * CELL
      const x = x1 + ((z - z1) / (z2 - z1)) * (x2 - x1)
      const list = rows.get(row)
      if (list) list.push(x)
      else rows.set(row, [x])
    }
  }
  for (const [row, xs] of rows) {
    if (row < 0 || row >= grid.height) continue
    xs.sort((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(0, Math.ceil((xs[i] - grid.x0) / CELL - 0.5))
      const to = Math.min(grid.width, Math.ceil((xs[i + 1] - grid.x0) / CELL - 0.5))
      for (let column = from; column < to; column++) visit(row * grid.width + column)
    }
  }
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
