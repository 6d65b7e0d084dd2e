/** Liquids of a field: what cuts bleed, and what instruments suck away or rinse. */
import type { Kernel } from '../kernel/kernel.ts'
import { CLIPPED, type Surface } from './contact/toolcontact.ts'
import { driveBleeding, stepPatient } from './fieldpatient.ts'
import { CLOCK, type Liquids, MOST_TOOLS, type TissueField, toolOf } from './fieldtype.ts'
import { AIM, BLEED, openSite } from './fluid/bleed.ts'
import { CAPSULE as BALL } from './fluid/capsules.ts'
import { bindFluid, createFluid, type Fluid, stepFluid } from './fluid/fluid.ts'
import type { FluidSize } from './fluid/memory.ts'
import { clearSmoke } from './fluid/smoke.ts'
import { irrigate, suck } from './fluid/suction.ts'
import { MATERIALS } from './materials.ts'
import { NONE } from './memory.ts'
import { areaOf, FACE } from './mesh/volume.ts'
import type { Tissue } from './solver.ts'
import { CAPSULE, CAPSULE_SLOTS } from './tools/capsules.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { pressSites } from './tools/seal.ts'
import { isRinsing, TOOL } from './tools/tool.ts'

/** Sucked in a second through a 5 mm tube, and rinsed out of it, mL/s (estimates). */
const SUCTION_ML_S = 25
const RINSE_ML_S = 8
const RINSE_M_S = 0.8
const REACH = 0.006
/** A wound gets a site for every so many mm². */
const SITE_MM2 = 40

const OOZE = {
  kind: BLEED.ooze,
  boreMm: 0,
  vesselMm: 0,
  feed: 1,
  weightA: 1 / 3,
  weightB: 1 / 3,
  aim: AIM.normal,
} as const

/** @param kernelFor gives a kernel with that many bytes of memory */
export function createLiquids(
  kernelFor: (bytes: number) => Kernel,
  { memory, gravity }: Tissue,
  size: FluidSize,
): Liquids {
  return {
    fluid: createFluid(kernelFor, memory, 1, size),
    gravity,
    input: {
      gx: 0,
      gy: -9.81,
      gz: 0,
      drive: { arterialMmHg: 93, venousMmHg: 6, ambientMmHg: 0, clotting: 1 },
      capsule: new Float64Array(MOST_TOOLS * 3 * BALL),
      capsules: 0,
    },
  }
}

export function bindLiquids({ fluid }: Liquids, surface: Surface, version: number): void {
  bindFluid(fluid, surface.triangles, surface.count, version)
}

/** Advances liquids by one tick, after the tissue's. */
export function stepLiquids(field: TissueField, { fluid, input, gravity }: Liquids): void {
  const [gx, gy, gz] = gravity
  input.gx = gx
  input.gy = gy
  input.gz = gz
  const { rows, count } = field.capsules
  input.capsules = count
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < 6; i++) input.capsule[c * BALL + i] = rows[c * CAPSULE_SLOTS + i]
    input.capsule[c * BALL + 6] = rows[c * CAPSULE_SLOTS + CAPSULE.radius]
  }
  for (let t = 0; t < MOST_TOOLS; t++) workTube(field, fluid, t)
  pressSites(fluid.memory, field.tissue.memory.position, field.each, field.capsules)
  if (field.patient) driveBleeding(field.patient, input)
  stepFluid(fluid, input)
  if (field.patient) stepPatient(field.patient, fluid, field.clock[CLOCK.tick])
}

/**
 * Opens oozing sites on fresh wounds: the faces that the mesh opened since its changes were cleared, but for those that a
 * clip holds. Small ones add up until they are worth a site.
 */
export function openWounds({ mesh, tissue, wound, bound }: TissueField, { fluid }: Liquids): void {
  const { memory } = tissue
  const { opened, openedCount } = mesh.changes
  for (let i = 0; i < openedCount; i++) {
    const tet = opened[i] >> 2
    if (memory.tetVertex[tet * 4] === NONE || !MATERIALS[memory.tetMaterial[tet]].bleeds) continue
    const k = (opened[i] & 3) * 3
    const a = memory.tetVertex[tet * 4 + FACE[k]]
    const b = memory.tetVertex[tet * 4 + FACE[k + 1]]
    const c = memory.tetVertex[tet * 4 + FACE[k + 2]]
    if (bound[a] === CLIPPED || bound[b] === CLIPPED || bound[c] === CLIPPED) continue
    wound[0] += 1e6 * areaOf(memory.rest, a * 4, b * 4, c * 4)
    if (wound[0] < SITE_MM2) continue
    const areaOpen = wound[0]
    wound[0] = 0
    openSite(fluid.memory, { ...OOZE, areaMm2: areaOpen, a, b, c })
  }
}

/** Sucks (pedal down halfway) or rinses (pedal down) with a tool that can. */
function workTube(field: TissueField, { memory, surface }: Fluid, t: number): void {
  const tool = toolOf(field, t)
  if (tool[TOOL.kind] < 0) return
  const { flow, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!flow || tool[TOOL.pedal] === 0) return
  const x = tool[TOOL.ax]
  const y = tool[TOOL.ay]
  const z = tool[TOOL.az]
  if (!isRinsing(tool)) {
    suck(memory, surface, x, y, z, REACH, SUCTION_ML_S)
    clearSmoke(memory, x, y, z, REACH * 4)
  } else {
    const ux = (x - tool[TOOL.bx]) / length
    const uy = (y - tool[TOOL.by]) / length
    const uz = (z - tool[TOOL.bz]) / length
    irrigate(memory, x + ux * 0.002, y + uy * 0.002, z + uz * 0.002, ux, uy, uz, RINSE_ML_S, RINSE_M_S)
  }
}
