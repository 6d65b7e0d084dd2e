/** What a field may hold beside tissue and instruments, as a snapshot has it: threads, liquids, smoke, burns, clips. */
import { CIRCULATION } from '../../../../core/physiology/circulation.ts'
import { GAS } from '../../../../core/physiology/gas.ts'
import { MONITOR } from '../../../../core/physiology/monitor.ts'
import type { FieldPatient } from '../../../../core/simulation/tissue/fieldpatient.ts'
import type { Fluid } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { ACCOUNT, SITE, SITE_STRIDE } from '../../../../core/simulation/tissue/fluid/memory.ts'
import {
  createFluidSnapshot,
  drawFluid,
  type FluidSnapshot,
} from '../../../../core/simulation/tissue/fluid/snapshot.ts'
import { accountMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import type { TissueMemory } from '../../../../core/simulation/tissue/memory.ts'
import { ROD_COUNT, type ThreadMemory } from '../../../../core/simulation/tissue/thread/memory.ts'
import { CLIP, CLIP_SLOTS, type Clips, clipPose, MOST_CLIPS } from '../../../../core/simulation/tissue/tools/clips.ts'
import type { Heat } from '../../../../core/simulation/tissue/tools/heat.ts'
import { CLIP_POSE, HEAD, type TissueSnapshot } from './snapshot.ts'

/** Writes the points of all threads. */
export function drawThreads(thread: ThreadMemory, { position }: TissueMemory, out: TissueSnapshot): void {
  let points = 0
  for (let rod = 0; rod < thread.counts[ROD_COUNT.rods]; rod++) {
    const first = thread.first[rod]
    const last = first + thread.segments[rod]
    for (let s = first; s <= last; s++) {
      const from = thread.particle[s] * 4
      for (let i = 0; i < 3; i++) out.thread[points * 4 + i] = position[from + i]
      out.thread[points * 4 + 3] = thread.radius[Math.min(s, last - 1)]
      out.threadLook[points] = thread.look[s]
      out.threadOf[points++] = rod
    }
  }
  out.head[HEAD.threadPoints] = points
}

/** Henriques' integral at which tissue begins to pale, as a logarithm, and the span in which it is cooked through. */
const PALES_LN = -5
const COOKS_LN = 7
/** Share of boiled water that counts as dry: where tissue chars. */
const CHARS = 0.15

/** Writes what heat has made of each particle: smooth, so that the edge of a burn can lie between particles. */
export function drawBurns({ damage, boiled }: Heat, particles: number, { burn }: TissueSnapshot): void {
  for (let p = 0; p < particles; p++) {
    const harm = damage[p]
    burn[p * 2] = harm > 0 ? Math.max(0, Math.min(1, (Math.log(harm) - PALES_LN) / COOKS_LN)) : 0
    burn[p * 2 + 1] = boiled[p] / CHARS
  }
}

const pose = new Float64Array(9)

/** Writes where clips sit. */
export function drawClips(clips: Clips, tissue: TissueMemory, out: TissueSnapshot): void {
  let count = 0
  for (let c = 0; c < MOST_CLIPS; c++) {
    if (clips.rows[c * CLIP_SLOTS] === 0) continue
    clipPose(clips, c, tissue, pose)
    out.clip.set(pose, count * CLIP_POSE)
    out.clip[count++ * CLIP_POSE + 9] = clips.rows[c * CLIP_SLOTS + CLIP.tight]
  }
  out.head[HEAD.clips] = count
}

/** Speed from which a drop in flight is drawn out, m/s, its stretch for each m/s more, and the longest. */
const FLIES_M_S = 0.12
const STRETCH_S = 7
const LONGEST = 4
/** Ticks after which a drop that stays where it is rests on something, and how flat it lies there. */
const RESTS = 3
const FLAT = 0.36

/**
 * Writes the form of each drop: drawn out along its flight, flat where it lies. One that sleeps is in no contact that is
 * solved: it keeps the form that it had.
 */
function drawShapes({ memory, surface, flow }: Fluid, drops: number, shape: Float32Array): void {
  const { velocity, still } = memory
  for (let p = 0; p < drops; p++) {
    const x = velocity[p * 3]
    const y = velocity[p * 3 + 1]
    const z = velocity[p * 3 + 2]
    const speed = Math.sqrt(x * x + y * y + z * z)
    if (speed < FLIES_M_S) {
      const lies = shape[p * 4 + 3] > 0 && shape[p * 4 + 3] < 1
      if (!lies && still[p] > RESTS) lieFlat(shape, p, 0, 1, 0)
      else if (!lies) shape[p * 4 + 3] = 1
      continue
    }
    shape[p * 4] = x / speed
    shape[p * 4 + 1] = y / speed
    shape[p * 4 + 2] = z / speed
    shape[p * 4 + 3] = Math.min(LONGEST, 1 + (speed - FLIES_M_S) * STRETCH_S)
  }
  const { order, count, touching } = flow
  for (let i = 0; i < count; i++) {
    // A face that a cut took away in this tick is no longer there.
    const face = touching[i] - 1
    const p = order[i]
    if (face < 0 || face >= surface.triangles || p >= drops) continue
    const v = surface.a[face] * 3
    lieFlat(shape, p, surface.normal[v], surface.normal[v + 1], surface.normal[v + 2])
  }
}

function lieFlat(shape: Float32Array, p: number, x: number, y: number, z: number): void {
  shape[p * 4] = x
  shape[p * 4 + 1] = y
  shape[p * 4 + 2] = z
  shape[p * 4 + 3] = FLAT
}

/** A drawer of liquids, with room for what a field holds. */
export function createFluidDrawer(fluid: Fluid): (out: TissueSnapshot) => void {
  const { memory } = fluid
  const kept: FluidSnapshot = createFluidSnapshot(memory)
  const shape = new Float32Array(memory.size.particles * 4)
  return (out) => {
    drawFluid(memory, fluid.surface, kept)
    // A snapshot has room for no more than the field.
    out.film.set(kept.film.length > out.film.length ? kept.film.subarray(0, out.film.length) : kept.film)
    out.drop.set(kept.ball)
    out.mixture.set(kept.mixture)
    out.puff.set(kept.puff)
    drawShapes(fluid, kept.particles, shape)
    out.dropShape.set(shape)
    out.head[HEAD.drops] = kept.particles
    out.head[HEAD.puffs] = kept.smoke
    out.head[HEAD.bledMl] = accountMl(memory, ACCOUNT.entered, LIQUID.blood)
    let rate = 0
    for (let s = 0; s < memory.size.sites; s++) rate += memory.site[s * SITE_STRIDE + SITE.rateMlS]
    out.head[HEAD.bleedMlS] = rate
  }
}

/** What the monitor beside the patient shows. */
export function drawPatient({ body: { state } }: FieldPatient, { head }: TissueSnapshot): void {
  const { monitor, gas, circulation } = state
  head[HEAD.heartRate] = monitor[MONITOR.heartRate]
  head[HEAD.systolicMmHg] = monitor[MONITOR.systolic]
  head[HEAD.diastolicMmHg] = monitor[MONITOR.diastolic]
  head[HEAD.saturation] = gas[GAS.saturation]
  head[HEAD.sinceBeatS] = circulation[CIRCULATION.phase]
}
