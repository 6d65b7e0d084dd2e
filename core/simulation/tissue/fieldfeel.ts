/** What tools feel of the needles and threads in their jaws. */
import { TICK_S } from './clock.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { ROD_COUNT, type ThreadMemory } from './thread/memory.ts'
import { pointsIn } from './thread/tract.ts'
import { givePush, PUSH, push, readyPush, straighten } from './tools/motion.ts'
import { TOOL } from './tools/tool.ts'

/**
 * Lets tissue push needles with the mass of the tools that lead them; each of a needle's points takes its part, so that
 * together they push no further than the way.
 */
export function lendHands({ each }: TissueField, { memory: t, tracts, work }: Threads): void {
  work.hand.fill(0)
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    if (t.leader[rod] === 0) continue
    push[PUSH.share] = 0
    readyPush(each[t.leader[rod] - 1])
    const light = push[PUSH.light] * Math.max(1, pointsIn(tracts, rod))
    for (let s = t.first[rod]; s <= t.first[rod] + t.steel[rod]; s++) work.hand[s] = light
  }
}

/** Pushes a tool's tip by a vector of size `size` that lies in an array, times `share`. */
function pushTip(tool: Float64Array, by: Float64Array, at: number, size: number, share: number): void {
  push[PUSH.share] = 0
  readyPush(tool)
  push[PUSH.lambda] = size * share
  push[PUSH.x] = by[at] / size
  push[PUSH.y] = by[at + 1] / size
  push[PUSH.z] = by[at + 2] / size
  givePush(tool)
}

/** Gives tools what tissue pushed their needles with. */
export function feelNeedles({ each }: TissueField, { memory: t, work }: Threads, h: number): void {
  const { react } = work
  for (let rod = 0; rod < t.counts[ROD_COUNT.rods]; rod++) {
    if (t.leader[rod] === 0) continue
    const tool = each[t.leader[rod] - 1]
    const a = 3 * rod
    const size = Math.sqrt(react[a] * react[a] + react[a + 1] * react[a + 1] + react[a + 2] * react[a + 2])
    if (!(size > 0)) continue
    pushTip(tool, react, a, size, 1)
    straighten(tool)
    tool[TOOL.touched]++
    const newton = 1 / (h * TICK_S)
    for (let axis = 0; axis < 3; axis++) tool[TOOL.gripX + axis] += react[a + axis] * newton
  }
}

/** Share of a new pull that a tool feels in a substep: the spring of a hand and a short thread would else shake each other. */
const FEEL = 0.1

/** Lets threads pull at the tools that hold them. @param h s */
export function feelThreads({ each }: TissueField, { memory: t, heldBy, tug }: Threads, h: number): void {
  for (let n = 0; n < MOST_TOOLS; n++) {
    if (heldBy[n] === 0 || t.leader[t.rod[heldBy[n] - 1]] === n + 1) continue
    const s = heldBy[n] - 1
    const tool = each[n]
    let size2 = 0
    for (let axis = 0; axis < 3; axis++) {
      const here = t.checked[3 * s + axis]
      let pull = 0
      if (s > t.first[t.rod[s]] && t.tension[s - 1] > 0)
        pull += (t.tension[s - 1] * (t.checked[3 * s - 3 + axis] - here)) / t.length[s - 1]
      if (t.length[s] > 0 && t.tension[s] > 0)
        pull += (t.tension[s] * (t.checked[3 * s + 3 + axis] - here)) / t.length[s]
      const felt = tug[3 * n + axis] + FEEL * (pull - tug[3 * n + axis])
      tug[3 * n + axis] = felt
      tool[TOOL.gripX + axis] += felt * (h / TICK_S)
      size2 += felt * felt
    }
    // no more than the jaws bear
    const size = Math.min(Math.sqrt(size2), t.limit[s])
    if (size > LEAST) {
      pushTip(tool, tug, 3 * n, Math.sqrt(size2), (h * h * size) / Math.sqrt(size2))
      tool[TOOL.touched]++
    }
    holdBack(tool, t, s)
    straighten(tool)
  }
}

/** A pull that a hand does not feel, N. */
const LEAST = 1e-3
/** Thread stays so near to where the jaws hold it: they bed it in, m. */
const BED = 2e-3

const lag = new Float64Array(3)

/** Holds a tool back that would leave the thread in its jaws behind: taut thread goes only as fast as it can. */
function holdBack(tool: Float64Array, t: ThreadMemory, s: number): void {
  let far2 = 0
  for (let axis = 0; axis < 3; axis++) {
    lag[axis] = t.checked[3 * s + axis] - t.target[3 * s + axis]
    far2 += lag[axis] * lag[axis]
  }
  if (!(far2 > BED * BED)) return
  const far = Math.sqrt(far2)
  push[PUSH.share] = 0
  readyPush(tool)
  pushTip(tool, lag, 0, far, (1 - BED / far) / push[PUSH.light])
  tool[TOOL.touched]++
}
