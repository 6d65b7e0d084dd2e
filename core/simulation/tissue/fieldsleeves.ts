/** Rods in the bores of hollow needles and sheaths: these take up a wire's end that comes to either mouth, and let it slide. */
import { SLEEVE } from '../kernel/rodsleeves.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { ROD_COUNT } from './thread/memory.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { TOOL } from './tools/tool.ts'

/** A tool does not push its wire within this of either end of its bore, m. */
const MOUTH = 8e-3
/** A wire's end is taken up within this of a mouth: hands bring them together, m. */
const CATCH = 2e-3

/** Where a vertex lies along a tool, as a share of the way from its tip to its far end, and its distance from the axis, m. */
const place = new Float64Array(2)

function measure(tool: Float64Array, x: Float64Array, s: number): void {
  let dot = 0
  let length2 = 0
  let far2 = 0
  for (let axis = 0; axis < 3; axis++) {
    const d = tool[TOOL.bx + axis] - tool[TOOL.ax + axis]
    const o = x[3 * s + axis] - tool[TOOL.ax + axis]
    dot += d * o
    length2 += d * d
    far2 += o * o
  }
  place[0] = dot / length2
  place[1] = Math.sqrt(Math.max(0, far2 - (dot * dot) / length2))
}

function isWithin(tool: Float64Array, x: Float64Array, s: number): boolean {
  measure(tool, x, s)
  return place[0] >= 0 && place[0] <= 1
}

/** Puts a rod into the bore of a tool, from its first end: it lies there already. */
export function threadTool(
  { each }: TissueField,
  { memory: t, sleeve, sleeveFrom, sleeveTo }: Threads,
  n: number,
  rod: number,
) {
  sleeve[n] = rod + 1
  sleeveFrom[n] = t.first[rod]
  sleeveTo[n] = t.first[rod]
  while (sleeveTo[n] < t.first[rod] + t.segments[rod] && isWithin(each[n], t.checked, sleeveTo[n] + 1)) sleeveTo[n]++
}

/** Begins a tick: bores take up what comes to their mouths, and do not push what is in them. */
export function sheathe({ each }: TissueField, threads: Threads): void {
  const { memory: t, work, sleeve, sleeveFrom, sleeveTo } = threads
  for (let n = 0; n < MOST_TOOLS; n++) {
    const bore = each[n][TOOL.kind] < 0 ? undefined : INSTRUMENTS[each[n][TOOL.kind]].bore
    if (!bore) sleeve[n] = 0
    else if (sleeve[n] === 0) takeUp(each[n], threads, n, bore.radius)
    if (sleeve[n] === 0) continue
    const first = t.first[sleeve[n] - 1]
    const last = first + t.segments[sleeve[n] - 1]
    const reach = Math.ceil(MOUTH / t.length[first])
    work.sheathed.fill(1, Math.max(first, sleeveFrom[n] - reach), Math.min(last, sleeveTo[n] + reach) + 1)
  }
}

/** Takes up a rod whose end lies in one of the mouths of a tool, if it is thinner than the bore. */
function takeUp(
  tool: Float64Array,
  { memory: t, sleeve, sleeveFrom, sleeveTo }: Threads,
  n: number,
  radius: number,
): void {
  const mouth = CATCH / INSTRUMENTS[tool[TOOL.kind]].length
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    if (t.steel[rod] > 0 || t.radius[t.first[rod]] >= radius) continue
    for (let end = 0; end < 2; end++) {
      const s = t.first[rod] + end * t.segments[rod]
      if (!isWithin(tool, t.checked, s) || place[1] > CATCH || Math.min(place[0], 1 - place[0]) > mouth) continue
      sleeve[n] = rod + 1
      sleeveFrom[n] = s
      sleeveTo[n] = s
    }
  }
}

/** Begins a substep: what lies in bores grows or wanes at either mouth, vertex by vertex; what has left is free. */
export function laySleeves({ each }: TissueField, { memory: t, work, sleeve, sleeveFrom, sleeveTo }: Threads): void {
  const { sleeves } = work
  const x = t.checked
  for (let n = 0; n < MOST_TOOLS; n++) {
    const row = n * SLEEVE
    sleeves[row + 6] = 1
    sleeves[row + 7] = 0
    if (sleeve[n] === 0) continue
    const first = t.first[sleeve[n] - 1]
    const last = first + t.segments[sleeve[n] - 1]
    while (sleeveFrom[n] <= sleeveTo[n] && !isWithin(each[n], x, sleeveFrom[n])) sleeveFrom[n]++
    while (sleeveTo[n] > sleeveFrom[n] && !isWithin(each[n], x, sleeveTo[n])) sleeveTo[n]--
    if (sleeveFrom[n] > sleeveTo[n]) {
      sleeve[n] = 0
      continue
    }
    if (sleeveFrom[n] > first && isWithin(each[n], x, sleeveFrom[n] - 1)) sleeveFrom[n]--
    if (sleeveTo[n] < last && isWithin(each[n], x, sleeveTo[n] + 1)) sleeveTo[n]++
    for (let i = 0; i < 6; i++) sleeves[row + i] = each[n][TOOL.ax + i]
    sleeves[row + 6] = sleeveFrom[n]
    sleeves[row + 7] = sleeveTo[n]
  }
}
