/** What an operative field holds; the parts of a tick work on it. */
import { slots } from '../state.ts'
import type { ContactMemory } from './contact/memory.ts'
import type { Surface } from './contact/toolcontact.ts'
import type { TissueEvents } from './events.ts'
import type { Needles } from './fieldneedles.ts'
import type { FieldPatient } from './fieldpatient.ts'
import type { Fluid, FluidInput } from './fluid/fluid.ts'
import type { Mesh, Scan } from './mesh/mesh.ts'
import type { FilledCavity } from './organs/cavity.ts'
import type { Pocket } from './organs/pocket.ts'
import type { Tubes } from './organs/tubes.ts'
import type { Tissue } from './solver.ts'
import type { ThreadMemory } from './thread/memory.ts'
import type { TractMemory } from './thread/tract.ts'
import type { Workspace } from './thread/workspace.ts'
import type { Capsules } from './tools/capsules.ts'
import type { Clips } from './tools/clips.ts'
import type { Edges } from './tools/edges.ts'
import type { Burned, Heat } from './tools/heat.ts'

/** Instruments at once. */
export const MOST_TOOLS = 4
/** Ticks played; version of the surface; step of hands that watch what they do, and for how many ticks they are at it. */
export const CLOCK = slots(['tick', 'surface', 'step', 'stepTicks'] as const)

export type Threads = {
  readonly memory: ThreadMemory
  readonly tracts: TractMemory
  readonly work: Workspace
  /** For each tool the slot of the vertex that its jaws hold, plus one. */
  readonly heldBy: Uint32Array
  /** Number of the bite that a rod's needle is in, 0 in none; and the last number given. */
  readonly bite: Uint16Array
  readonly bites: Uint16Array
  readonly needles: Needles
  /** For each rod its last knot as `knotFigure` packs it, and how often it was looked at in this draw. */
  readonly knot: Uint16Array
  readonly looks: Uint8Array
  /** For each tool the rod of the ligating loop on it, plus one; its sliding knot; m of tail in its tube. */
  readonly loop: Uint32Array
  readonly sliding: Uint32Array
  readonly drawn: Float64Array
  /** For each rod 1: what lies in its loop is strangled. */
  readonly strangled: Uint8Array
  /** For each tool the rod that lies in its bore, plus one; the first and the last of its vertices there. */
  readonly sleeve: Uint32Array
  readonly sleeveFrom: Uint32Array
  readonly sleeveTo: Uint32Array
  /** For each tool the pull of the thread in its jaws as it feels it, x y z, N. */
  readonly tug: Float64Array
  /** State beside the memory's. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

export type Liquids = {
  readonly fluid: Fluid
  /** What drives it. */
  readonly input: FluidInput
  /** m/s²; the tissue's own array unless tissue lies among others that bear it. */
  gravity: readonly number[]
}

export type FieldEnergy = {
  readonly heat: Heat
  readonly clips: Clips
  readonly burned: Burned
  readonly ends: Float64Array
}

export type TissueField = {
  readonly tissue: Tissue
  readonly mesh: Mesh
  readonly scan: Scan
  readonly surface: Surface
  readonly contact: ContactMemory
  /** All tools in one, and each of them; and what the jaws of each hold. */
  readonly tools: Float64Array
  readonly each: readonly Float64Array[]
  readonly grasps: readonly Float64Array[]
  /** For each tool the water that it has pressed between two sheets. */
  readonly pockets: readonly Pocket[]
  readonly capsules: Capsules
  readonly edges: Edges
  readonly energy: FieldEnergy
  readonly threads: Threads | undefined
  readonly liquids: Liquids | undefined
  /** Whose blood it is; without one, whoever plays the field sets the pressures. */
  readonly patient: FieldPatient | undefined
  /** Hollow organs, ducts and vessels of the lattice; filled when it is loaded. */
  readonly organs: { readonly cavities: FilledCavity[]; readonly tubes: Tubes }
  readonly events: TissueEvents
  /** mm² of wound that has no bleeding site yet. */
  readonly wound: Float64Array
  readonly clock: Uint32Array
  /** For each particle the number of the tool that holds it, plus one; 255 for what a clip holds; 0 for none. */
  readonly bound: Uint8Array
  /** `bound`, and marks of what tools (`TOUCHED`) or needles press; made anew in each tick. */
  readonly pressed: Uint8Array
  /** For each tetrahedron how often it was found inside out without a break. */
  readonly turned: Uint8Array
  /** State of tools, grasps and clock. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** One tool. */
export const toolOf = ({ each }: TissueField, t: number): Float64Array => each[t]
