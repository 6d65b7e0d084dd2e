/** A scene made ready and played: tissue and tools from data, hands by script or by whoever moves them. */

import type { Kernel } from '../kernel/kernel.ts'
import { TICK_S } from '../tissue/clock.ts'
import { createField, type FieldSize, settleField, stepField } from '../tissue/field.ts'
import { type TissueField, toolOf } from '../tissue/fieldtype.ts'
import { AIM, BLEED, openSite } from '../tissue/fluid/bleed.ts'
import { pour } from '../tissue/fluid/emit.ts'
import { LIQUID } from '../tissue/fluid/liquids.ts'
import { DEFAULT_SIZE } from '../tissue/fluid/memory.ts'
import { type HeldLattice, loadHeld } from '../tissue/load.ts'
import { putUnderTension } from '../tissue/tension.ts'
import { INSTRUMENTS, instrumentNumber } from '../tissue/tools/catalogue.ts'
import { moveHand, placeTool, TOOL } from '../tissue/tools/tool.ts'
import { setPivot } from '../tissue/tools/trocar.ts'
import { layBox } from './box.ts'
import { type Handling, isInHand, playHands } from './hands.ts'
import { layLayers } from './layers.ts'
import { latticeOf, type Organs, openOrgans } from './organs.ts'
import { laySac } from './sac.ts'
import type { Scene } from './schema.ts'
import { planSlide } from './sliding.ts'
import { layStone } from './stone.ts'
import { layStrand } from './strands.ts'
import { layThread, verticesOf } from './threads.ts'
import { layTube } from './tube.ts'
import { planTie } from './tying.ts'

/** Tissue of a scene, laid: a lattice, or organs with theirs. */
type Part = HeldLattice | Organs
type Bleeding = NonNullable<Scene['liquids']>['bleeding'][0]

export type RunningScene = { readonly scene: Scene; readonly field: TissueField; readonly handling?: Handling }

const MM = 0.001
const UP = [0, 1, 0] as const
/** Room for what cutting adds, as a share of what is loaded. */
const ROOM = 2

/** Makes a scene ready for its first tick. @param kernelFor gives a kernel with that many bytes of memory */
export function openScene(scene: Scene, kernelFor: (bytes: number) => Kernel): RunningScene {
  const parts = scene.tissue.map((one) => (one.shape === 'organs' ? one : lay(one)))
  const field = createField(kernelFor, sizeOf(scene, parts))
  field.tissue.gravity.splice(0, 3, ...scene.gravity)
  if (field.liquids && scene.liquids?.gravity) field.liquids.gravity = scene.liquids.gravity
  for (const part of parts)
    if ('held' in part) loadHeld(field.tissue.memory, part)
    else openOrgans(field, part)
  scene.tools.forEach((tool, t) => {
    const row = toolOf(field, t)
    const kind = instrumentNumber(tool.instrument)
    const first = tool.moves[0]
    placeTool(
      row,
      kind,
      first.tipMm.map((mm) => mm * MM),
      endOf(kind, first.tipMm, first.towardsMm),
    )
    if (tool.trocarMm)
      setPivot(
        row,
        tool.trocarMm.map((mm) => mm * MM),
        [0, 1, 2].map((i) => (row[TOOL.bx + i] - row[TOOL.ax + i]) / INSTRUMENTS[kind].length),
      )
    turnJaws(row, first.up ?? tool.up)
    row[TOOL.jaw] = first.jaw
    row[TOOL.jawBefore] = first.jaw
  })
  for (const one of scene.threads) layThread(field, one)
  settleField(field)
  if (isTense(scene)) putUnderTension(field.tissue, UP)
  for (const one of scene.liquids?.bleeding ?? []) openVessel(field, one)
  for (const { liquid, atMm, ml } of scene.liquids?.pools ?? [])
    if (field.liquids) pour(field.liquids.fluid.memory, LIQUID[liquid], atMm[0] * MM, atMm[1] * MM, atMm[2] * MM, ml)
  return { scene, field, handling: scene.tying && planOf(scene.tying) }
}

/** The lattice of a shape; that of organs is built by whoever read the scene. */
function lay(one: Exclude<Scene['tissue'][0], Organs>): HeldLattice {
  switch (one.shape) {
    case 'box':
      return layBox(one)
    case 'layers':
      return layLayers(one)
    case 'strand':
      return layStrand(one)
    case 'tube':
      return layTube(one)
    case 'sac':
      return laySac(one)
    case 'stone':
      return layStone(one)
  }
}

const isTense = ({ tension }: Scene): boolean => tension === 'natural'

const planOf = (tying: NonNullable<Scene['tying']>): Handling =>
  tying.kind === 'slip-knot' ? planSlide(tying) : planTie(tying)

/** Opens a vessel's end on the free face whose middle is nearest. */
function openVessel({ liquids, surface, tissue }: TissueField, { kind, atMm, boreMm }: Bleeding): void {
  if (!liquids) return
  const { rest } = tissue.memory
  const { triangles, count } = surface
  let nearest = 0
  let least = Infinity
  for (let f = 0; f < count; f++) {
    let d2 = 0
    for (let k = 0; k < 3; k++) {
      const at = f * 3
      const middle =
        (rest[triangles[at] * 4 + k] + rest[triangles[at + 1] * 4 + k] + rest[triangles[at + 2] * 4 + k]) / 3 -
        atMm[k] * MM
      d2 += middle * middle
    }
    if (d2 < least) {
      least = d2
      nearest = f * 3
    }
  }
  openSite(liquids.fluid.memory, {
    kind: BLEED[kind],
    boreMm,
    vesselMm: boreMm,
    areaMm2: boreMm * boreMm,
    feed: 1,
    a: triangles[nearest],
    b: triangles[nearest + 1],
    c: triangles[nearest + 2],
    weightA: 1 / 3,
    weightB: 1 / 3,
    aim: AIM.normal,
  })
}

function sizeOf(scene: Scene, parts: readonly Part[]): FieldSize {
  const { threads, liquids, substeps } = scene
  let particles = 16
  let tets = 4
  let edges = 1024
  for (const part of parts) {
    if ('held' in part) {
      particles += part.lattice.positions.length / 3
      tets += part.lattice.tetrahedra.length / 4
      continue
    }
    const lattice = latticeOf(part)
    particles += lattice.positions.length / 3
    tets += lattice.regions.length
    edges += lattice.edges.length * ROOM
  }
  const slots = threads.reduce((sum, one) => sum + verticesOf(one), 0)
  const all = particles * ROOM + 1024 + slots
  return {
    particles: all,
    tets: tets * ROOM + 4096,
    edges,
    substepS: TICK_S / substeps,
    isTense: isTense(scene),
    ...(slots > 0 ? { threads: { rods: threads.length, slots, proxies: 12 } } : {}),
    ...(liquids ? { liquids: { ...DEFAULT_SIZE, vertices: all }, patient: liquids.patient } : {}),
  }
}

/** Far end of an instrument whose tip is at `tip` and that comes from `towards`; both mm, the answer m. */
function endOf(kind: number, tip: readonly number[], towards: readonly number[]): [number, number, number] {
  const [x, y, z] = [0, 1, 2].map((i) => towards[i] - tip[i])
  const share = INSTRUMENTS[kind].length / Math.sqrt(x * x + y * y + z * z)
  return [tip[0] * MM + x * share, tip[1] * MM + y * share, tip[2] * MM + z * share]
}

/**
 * Moves the hands as the script says for the tick that comes, and plays it.
 * @param free number of a tool that someone else moves, or −1 when the script moves all
 */
export function playTick(running: RunningScene, free = -1): void {
  const { scene, field, handling } = running
  const time = (field.clock[0] + 1) * 0.01
  scene.tools.forEach(({ instrument, moves, up }, t) => {
    if (t === free || (handling && isInHand(handling, field, t))) return
    const row = toolOf(field, t)
    const next = moves.findIndex(({ atS }) => atS >= time)
    const b = moves[next < 0 ? moves.length - 1 : next]
    const a = next <= 0 ? b : moves[next - 1]
    const share = a === b ? 1 : (time - a.atS) / (b.atS - a.atS)
    const between = (p: readonly number[], q: readonly number[]) => p.map((x, i) => x + (q[i] - x) * share)
    const tip = between(a.tipMm, b.tipMm)
    moveHand(
      row,
      tip.map((mm) => mm * MM),
      endOf(instrumentNumber(instrument), tip, between(a.towardsMm, b.towardsMm)),
    )
    turnJaws(row, between(a.up ?? up, b.up ?? up))
    row[TOOL.jaw] = a.jaw + (b.jaw - a.jaw) * share
    row[TOOL.pedal] = a.pedal
  })
  if (handling) playHands(handling, field, free)
  stepField(field)
}

/** Turns a tool about its shaft so that its jaws open along `up`. */
function turnJaws(row: Float64Array, up: readonly number[]): void {
  const size = Math.sqrt(up.reduce((sum, x) => sum + x * x, 0))
  for (let i = 0; i < 3; i++) row[TOOL.upX + i] = up[i] / size
}
