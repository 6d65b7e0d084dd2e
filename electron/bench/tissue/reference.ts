/**
 * The reference scene of DESIGN §7: a bowl of liver filled with blood, a thread drawn about over it, and three
 * instruments in it: a scalpel that cuts rows into its floor, a grasper that pulls its rim, a probe that stirs and presses.
 */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { createField, settleField, stepField } from '../../../core/simulation/tissue/field.ts'
import { type TissueField, toolOf } from '../../../core/simulation/tissue/fieldtype.ts'
import type { Fluid } from '../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID, LIQUID_COUNT } from '../../../core/simulation/tissue/fluid/liquids.ts'
import { ACCOUNT, DEFAULT_SIZE } from '../../../core/simulation/tissue/fluid/memory.ts'
import { addParticle } from '../../../core/simulation/tissue/fluid/particles.ts'
import { DROP, DROP_ML } from '../../../core/simulation/tissue/fluid/scale.ts'
import { book } from '../../../core/simulation/tissue/fluid/volume.ts'
import { hold, loadLattice } from '../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE } from '../../../core/simulation/tissue/memory.ts'
import { boxLattice } from '../../../core/simulation/tissue/shapes.ts'
import { aim, grasp } from '../../../core/simulation/tissue/thread/grasp.ts'
import { rodMaterial } from '../../../core/simulation/tissue/thread/materials.ts'
import { addRod, type ThreadMemory } from '../../../core/simulation/tissue/thread/memory.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../core/simulation/tissue/tools/catalogue.ts'
import { moveHand, placeTool, TOOL } from '../../../core/simulation/tissue/tools/tool.ts'

/** Metres: outer width and height of the bowl, its inner half width, and the height of its floor. */
const WIDTH = 0.1
const HEIGHT = 0.035
const INNER = 0.035
const FLOOR = 0.015

/** Cubes along the bowl's width: 20 make 10,000 tetrahedra. */
export const REFERENCE_CUBES = 20
const SEGMENTS = 200
const DROPS = 2000
const SECONDS_A_ROW = 2.5
const ROWS = 8

export type ReferenceScene = {
  readonly field: TissueField
  /** Plays a tick. */
  readonly tick: () => void
}

/** What there is beside tissue and instruments, and how far above their work these are held, m: 0 is in contact. */
export type ReferenceParts = { readonly thread: boolean; readonly fluid: boolean; readonly lifted?: number }

/** Opens the reference scene on a mesh of so many cubes across. */
export function openReference(
  kernelFor: (bytes: number) => Kernel,
  cubes: number,
  parts: ReferenceParts = { thread: true, fluid: true },
): ReferenceScene {
  const lattice = bowl(cubes)
  const particles = (lattice.positions.length / 3) * 2 + 1024
  const field = createField(kernelFor, {
    particles,
    tets: (lattice.tetrahedra.length / 4) * 2 + 4096,
    edges: 64,
    ...(parts.thread ? { threads: { rods: 1, slots: SEGMENTS + 1, proxies: 12 } } : {}),
    ...(parts.fluid ? { liquids: { ...DEFAULT_SIZE, particles: DROPS * 1.2, vertices: particles } } : {}),
  })
  const { clock, threads, liquids, tissue } = field
  const { memory } = tissue
  loadLattice(memory, lattice)
  for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++)
    if (memory.rest[p * 4 + 1] < 1e-6) hold(memory, p)
  if (threads) layThread(field, threads.memory)
  const hands = [scalpel(), grasper(), probe()]
  const tools = hands.map((_, t) => toolOf(field, t))
  const { lifted = 0 } = parts
  hands.forEach(({ kind, at }, t) => {
    at(0)
    lift(lifted)
    placeTool(tools[t], kind, tip, end)
    tools[t].set([1, 0, 0], TOOL.upX)
  })
  settleField(field)
  if (liquids) fill(liquids.fluid)
  return {
    field,
    tick() {
      const time = (clock[0] + 1) * 0.01
      for (let t = 0; t < hands.length; t++) {
        tools[t][TOOL.jaw] = hands[t].at(time)
        lift(lifted)
        moveHand(tools[t], tip, end)
      }
      if (threads) pullThread(threads.memory, time)
      stepField(field)
    },
  }
}

function bowl(cubes: number) {
  const edge = WIDTH / cubes
  const height = Math.round(HEIGHT / edge)
  const { positions, tetrahedra } = boxLattice([cubes, height, cubes], edge, [-WIDTH / 2, 0, -WIDTH / 2], 0)
  const kept: number[] = []
  for (let t = 0; t < tetrahedra.length; t += 4) {
    const middle = [0, 0, 0]
    for (let k = 0; k < 4; k++) for (let i = 0; i < 3; i++) middle[i] += positions[tetrahedra[t + k] * 3 + i] / 4
    // By the cube that it is of, so that walls are smooth.
    const [x, y, z] = middle.map((m) => (Math.floor(m / edge + (cubes % 2) / 2) + 0.5 - (cubes % 2) / 2) * edge)
    const within = Math.abs(x) < INNER && Math.abs(z) < INNER && y + (cubes % 2) * edge * 0.5 > FLOOR
    if (!within) for (let k = 0; k < 4; k++) kept.push(tetrahedra[t + k])
  }
  const numbers = new Map<number, number>()
  const points: number[] = []
  const renumbered = kept.map((v) => {
    let number = numbers.get(v)
    if (number === undefined) {
      number = points.length / 3
      numbers.set(v, number)
      points.push(positions[v * 3], positions[v * 3 + 1], positions[v * 3 + 2])
    }
    return number
  })
  return { positions: points, tetrahedra: renumbered, materials: new Uint8Array(kept.length / 4) }
}

function fill({ memory }: Fluid): void {
  const columns = Math.floor((2 * INNER - 0.004) / DROP)
  for (let n = 0; n < DROPS; n++) {
    const i = n % columns
    const j = Math.floor(n / columns) % columns
    const k = Math.floor(n / (columns * columns))
    const x = (i - (columns - 1) / 2) * DROP + ((n * 7) % 5) * 4e-5
    const z = (j - (columns - 1) / 2) * DROP + ((n * 3) % 7) * 4e-5
    const p = addParticle(memory, LIQUID.blood, x, FLOOR + 0.003 + k * DROP, z, 0, 0, 0)
    memory.share[p * LIQUID_COUNT + LIQUID.blood] = DROP_ML
    book(memory, ACCOUNT.entered, LIQUID.blood, DROP_ML)
  }
}

/** A thread in two loops over the bowl, held at both ends. */
function layThread({ tissue }: TissueField, thread: ThreadMemory): void {
  const points: number[] = []
  for (let s = 0; s <= SEGMENTS; s++) {
    const turn = (s / SEGMENTS) * 4 * Math.PI
    points.push(0.024 * Math.cos(turn), 0.06 + 0.01 * (s / SEGMENTS), 0.024 * Math.sin(turn))
  }
  addRod(thread, tissue.memory, points, rodMaterial('polyglactin-3-0'))
  grasp(thread, tissue.memory, 0, Infinity)
  grasp(thread, tissue.memory, SEGMENTS, Infinity)
}

function pullThread(thread: ThreadMemory, time: number): void {
  const sway = 0.012 * wave(time / 4)
  aim(thread, 0, 0.024 + sway, 0.06, 0)
  aim(thread, SEGMENTS, 0.024 - sway, 0.07, 0.012 * wave(time / 3))
}

/** A triangle wave of period 1 between −1 and 1. */
const wave = (x: number): number => 4 * Math.abs(x - Math.floor(x) - 0.5) - 1

const tip = new Float64Array(3)
const end = new Float64Array(3)

/** Puts `tip`, and `end` an instrument's length from it towards a direction. */
function point(length: number, x: number, y: number, z: number, dx: number, dy: number, dz: number): void {
  tip[0] = x
  tip[1] = y
  tip[2] = z
  const share = length / Math.sqrt(dx * dx + dy * dy + dz * dz)
  end[0] = x + dx * share
  end[1] = y + dy * share
  end[2] = z + dz * share
}

function lift(by: number): void {
  tip[1] += by
  end[1] += by
}

type Hand = {
  readonly kind: number
  /** Where the hand wants the tool at a time, s; returns how far the jaws are open. */
  readonly at: (time: number) => number
}

/** Rows of cuts 8 mm deep, to and fro, until the floor is used up; then it begins anew. */
function scalpel(): Hand {
  const kind = instrumentNumber('scalpel')
  const { length } = INSTRUMENTS[kind]
  return {
    kind,
    at(time) {
      const row = Math.floor(time / SECONDS_A_ROW)
      const share = time / SECONDS_A_ROW - row
      const lifted = share < 0.05 || share > 0.95
      const way = (Math.min(Math.max(share, 0.05), 0.95) - 0.5) * 0.055
      const z = (((row % ROWS) + 0.5) / ROWS - 0.5) * 0.055
      point(length, row % 2 === 0 ? way : -way, lifted ? FLOOR + 0.004 : FLOOR - 0.008, z, 0.3, 1, 0.2)
      return 1
    },
  }
}

function grasper(): Hand {
  const kind = instrumentNumber('grasper-fenestrated')
  const { length } = INSTRUMENTS[kind]
  return {
    kind,
    at(time) {
      const down = Math.min(time, 1)
      const pull = time < 1.2 ? 0 : 0.002 * (1 + wave(time / 2))
      point(length, 0.043, HEIGHT + 0.025 - 0.028 * down + pull, 0.01, 0.2, 1, 0.2)
      return time < 1 ? 1 : Math.max(0, 6 - 5 * time)
    },
  }
}

function probe(): Hand {
  const kind = instrumentNumber('probe')
  const { length } = INSTRUMENTS[kind]
  return {
    kind,
    at(time) {
      point(length, 0.02 * wave(time / 8), FLOOR + 0.0004, -0.029 + 0.003 * wave(time / 5), -0.2, 1, -0.3)
      return 1
    },
  }
}
