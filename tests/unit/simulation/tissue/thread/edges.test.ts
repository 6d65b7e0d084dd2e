import { expect, test } from 'vitest'
import { twinKernel } from '../../../../../core/simulation/kernel/kernel.ts'
import { createField, hashField, settleField, stepField } from '../../../../../core/simulation/tissue/field.ts'
import type { TissueField } from '../../../../../core/simulation/tissue/fieldtype.ts'
import { hold, loadLattice } from '../../../../../core/simulation/tissue/load.ts'
import { materialNumber } from '../../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, OWNER } from '../../../../../core/simulation/tissue/memory.ts'
import { boxLattice } from '../../../../../core/simulation/tissue/shapes.ts'
import { aim, grasp } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { addRod } from '../../../../../core/simulation/tissue/thread/memory.ts'
import { wasm } from '../fixtures.ts'

/** Edge of a block, and length of the thread's segments, m: none of its vertices comes over the block's rim. */
const EDGE = 0.02
const SEGMENT = 0.004
const HALF = Math.SQRT1_2
/** Of the hands, m/s. */
const SPEED = 0.2

/** A block of muscle on a held floor, and a thread of five segments across its rim, some way off outwards. */
function rim(kernel: typeof twinKernel): TissueField {
  const field = createField(kernel, {
    particles: 600,
    tets: 2000,
    edges: 64,
    threads: { rods: 1, slots: 6, proxies: 0 },
  })
  const { memory } = field.tissue
  field.tissue.gravity.fill(0)
  loadLattice(memory, boxLattice([4, 4, 4], EDGE / 4, [0, 0, 0], materialNumber('muscle')))
  for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++)
    if (memory.rest[p * 4 + 1] < 1e-6) hold(memory, p)
  const points = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].flatMap((n) => placeOf(n, 0.004))
  addRod(field.threads!.memory, memory, points, rodMaterial('polyglactin-0'))
  for (const s of [0, 5]) grasp(field.threads!.memory, memory, s, Infinity)
  settleField(field)
  return field
}

/** A place so many segments along the thread, and so far outwards of the rim, halfway along that. */
const placeOf = (n: number, out: number): number[] => [
  EDGE + HALF * (out + n * SEGMENT),
  EDGE + HALF * (out - n * SEGMENT),
  EDGE / 2 + 0.0008,
]

/** Draws the thread in across the rim; how far its middle lies outside of the rim there at the least, m. */
function draw(field: TissueField): number {
  const { memory: t } = field.threads!
  const { position, rest, owner } = field.tissue.memory
  const onRim: number[] = []
  for (let p = FIRST_PARTICLE; p < field.tissue.memory.counts[COUNT.particles]; p++) {
    const [x, y, z] = [0, 1, 2].map((k) => rest[p * 4 + k])
    if (owner[p] !== OWNER.tissue) continue
    if (x > EDGE - 1e-6 && y > EDGE - 1e-6 && Math.abs(z - EDGE / 2) < EDGE / 4 + 1e-6) onRim.push(p * 4)
  }
  onRim.sort((a, b) => rest[a + 2] - rest[b + 2])
  let least = Infinity
  let time = 0
  field.tissue.actors.unshift({
    solve(h) {
      time += h
      const out = 0.004 - SPEED * Math.min(time, 0.03)
      for (const [s, n] of [
        [0, -2.5],
        [5, 2.5],
      ]) {
        const [x, y, z] = placeOf(n, out)
        aim(t, s, x, y, z)
      }
    },
  })
  for (let tick = 0; tick < 10; tick++) {
    stepField(field)
    // where the rim is under the thread
    const z = (t.checked[8] + t.checked[11]) / 2
    const next = onRim.findIndex((p) => position[p + 2] > z)
    const [a, b] = [onRim[next - 1], onRim[next]]
    const share = (z - position[a + 2]) / (position[b + 2] - position[a + 2])
    const out = [0, 1].map(
      (k) =>
        (t.checked[6 + k] + t.checked[9 + k]) / 2 - (position[a + k] + share * (position[b + k] - position[a + k])),
    )
    least = Math.min(least, HALF * (out[0] + out[1]))
  }
  return least
}

test('a thread drawn at 0.2 m/s across a rim between its vertices does not pass into the tissue, and presses it in', () => {
  const field = rim(wasm)
  expect(draw(field)).toBeGreaterThan(-0.0003)
  const { position, rest, owner, counts } = field.tissue.memory
  let pressed = 0
  for (let p = FIRST_PARTICLE * 4; p < counts[COUNT.particles] * 4; p += 4)
    if (owner[p / 4] === OWNER.tissue)
      pressed = Math.max(pressed, rest[p] + rest[p + 1] - position[p] - position[p + 1])
  expect(pressed).toBeGreaterThan(0.001)
})

test('kernel and twin agree on it bit for bit', () => {
  const [one, other] = [rim(wasm), rim(twinKernel)]
  draw(one)
  draw(other)
  expect(hashField(other)).toBe(hashField(one))
})
