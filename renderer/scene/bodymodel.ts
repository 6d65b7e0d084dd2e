import { DataTexture, FloatType, Group, type Material, Mesh, NearestFilter, type Object3D, RGBAFormat } from 'three'
import type { AtlasStructure } from '../../core/anatomy/atlasfile.ts'
import { layerOf } from '../../core/anatomy/outline.ts'
import type { Atlas, LoadedSystem } from './atlas.ts'
import { type Dissection, opacityOf } from './dissection.ts'
import { Glow } from './glow.ts'
import { lookOf } from './looks.ts'
import { STATE_TEXELS, StateTable } from './statetable.ts'
import {
  createTissueDepth,
  createTissueMaterial,
  createTissueShadow,
  createTissueUniforms,
  sideFor,
  type TissueUniforms,
} from './tissuematerial.ts'

/** Plane that cuts the body: unit normal towards what is taken away, distance from the origin in metres. */
export type Section = { readonly normal: readonly [number, number, number]; readonly distance: number }

type Drawn = {
  readonly system: LoadedSystem
  readonly opaque: Mesh
  readonly fadedDepth: Mesh
  readonly faded: Mesh
}

/**
 * Deeper systems are drawn first when faded. Inside one system only the nearest faded surface shows, over what lies
 * deeper: glass of one layer per system, in no need of sorting, and the same in a headset.
 */
const depthOrder = [
  'skeletal',
  'joints-ligaments',
  'heart',
  'respiratory',
  'digestive',
  'urinary',
  'endocrine',
  'lymphoid',
  'cardiovascular-arteries',
  'cardiovascular-veins',
  'nervous-central',
  'nervous-peripheral',
  'muscular',
  'integumentary',
]

/**
 * How far skin, and the fat under it, win over what lies in the same place, metres. Coarse levels of detail let a vein
 * or a tendon just beneath come through them by so much.
 */
const PULL_M = [0.003, 0.001] as const
/** What is seen between the lids, though skin lies before it. */
const BETWEEN_LIDS = /^(cornea|sclera|conjunctiva|iris|pupil|anterior-chamber)/
const SELECTED_PULL_M = 0.0008

function sizeOf({ bounds: [low, high] }: AtlasStructure): number {
  return Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2])
}

function pullOf(structure: AtlasStructure): number {
  return PULL_M[BETWEEN_LIDS.test(structure.id) ? 0 : layerOf(structure)] ?? 0
}

/** A body in a scene: one mesh a system, everything else in two small textures. Framework-free. */
export class BodyModel {
  readonly atlas: Atlas
  readonly group = new Group()
  readonly state: StateTable
  readonly uniforms: TissueUniforms
  private readonly stateMap: DataTexture
  private readonly drawn: readonly Drawn[]
  private readonly materials: readonly Material[]
  private readonly glow: Glow
  private selected = -1
  private applied: Dissection['opacity'] = {}
  private uploaded = -1
  private hovered = -1
  /** Milliseconds of script that the last change of what is shown took. */
  applyMs = 0

  constructor(atlas: Atlas) {
    this.atlas = atlas
    this.group.name = `body-${atlas.body}`
    this.state = new StateTable(atlas.rows)
    this.stateMap = new DataTexture(this.state.data, STATE_TEXELS, atlas.rows, RGBAFormat, FloatType)
    this.stateMap.minFilter = NearestFilter
    this.stateMap.magFilter = NearestFilter
    this.uniforms = createTissueUniforms(this.stateMap, atlas.lookMap, lookOf('tendon', atlas.file.materials))
    const opaque = createTissueMaterial(this.uniforms, 'opaque')
    const faded = createTissueMaterial(this.uniforms, 'faded')
    const fadedDepth = createTissueDepth(this.uniforms, 'faded')
    const shadow = createTissueShadow(this.uniforms)
    this.materials = [opaque, faded, fadedDepth, shadow]
    this.drawn = atlas.systems.map((system) => {
      const order = 100 + 10 * Math.max(0, depthOrder.indexOf(system.id))
      const drawn = {
        system,
        opaque: new Mesh(system.geometry, opaque),
        fadedDepth: new Mesh(system.geometry, fadedDepth),
        faded: new Mesh(system.geometry, faded),
      }
      drawn.opaque.name = system.id
      drawn.opaque.castShadow = true
      drawn.opaque.receiveShadow = true
      drawn.opaque.customDepthMaterial = shadow
      drawn.fadedDepth.renderOrder = order
      drawn.faded.renderOrder = order + 1
      this.group.add(drawn.opaque, drawn.fadedDepth, drawn.faded)
      return drawn
    })
    this.glow = new Glow(this.uniforms)
    this.group.add(this.glow.mesh)
    for (const structure of atlas.structures) this.state.setPull(structure.index, pullOf(structure))
    // The depth of faded tissue must come after all solid tissue, hence among the transparent ones.
    fadedDepth.transparent = true
    this.flush()
  }

  /** Whether an object of the scene is solid tissue of this body. */
  isSolid(object: Object3D): boolean {
    return this.drawn.some(({ opaque }) => opaque === object)
  }

  /** Takes over what is shown and selected. Costs well under a millisecond. */
  apply(dissection: Dissection): void {
    const begun = performance.now()
    const { opacity } = dissection
    if (opacity !== this.applied) {
      for (const id in this.applied) if (!(id in opacity)) this.fadeTo(id, 1)
      for (const id in opacity) this.fadeTo(id, opacity[id])
      this.applied = opacity
    }
    this.choose(dissection)
    this.flush()
    this.applyMs = performance.now() - begun
  }

  private fadeTo(id: string, opacity: number): void {
    const structure = this.atlas.byId.get(id)
    if (structure) this.state.setOpacity(structure.index, opacity)
  }

  /** Marks the selected structure; it is drawn over what coincides with it, and glows through what covers it. */
  private choose(dissection: Dissection): void {
    const { selected } = dissection
    const structure = selected === null ? undefined : this.atlas.byId.get(selected)
    const row = structure?.index ?? -1
    if (row !== this.selected) {
      const before = this.atlas.byRow.get(this.selected)
      if (before) {
        this.state.setSelected(before.index, 0)
        this.state.setPull(before.index, pullOf(before))
      }
      if (structure) {
        this.state.setSelected(row, 1)
        this.state.setPull(row, Math.max(SELECTED_PULL_M, pullOf(structure)))
      }
      this.selected = row
    }
    const isShown = structure !== undefined && opacityOf(dissection, structure.id) > 0
    const system = isShown ? this.atlas.systems.find(({ ranges }) => ranges.has(row)) : undefined
    this.glow.show(system ?? null, system?.ranges.get(row), structure && sizeOf(structure))
  }

  /** Marks the structure under the cursor; null for none. */
  hover(id: string | null): void {
    const row = id === null ? -1 : (this.atlas.byId.get(id)?.index ?? -1)
    if (row === this.hovered) return
    if (this.hovered >= 0) this.state.setHover(this.hovered, 0)
    if (row >= 0) this.state.setHover(row, 1)
    this.hovered = row
    this.flush()
  }

  /** Cuts the body by a plane; null makes it whole. Cut faces are filled. */
  section(plane: Section | null): void {
    this.uniforms.sectionOn.value = plane ? 1 : 0
    if (plane) this.uniforms.sectionPlane.value.set(...plane.normal, plane.distance)
    const side = sideFor(plane ? 'cut' : 'whole')
    for (const material of this.materials) {
      if (material.side !== side) {
        material.side = side
        material.needsUpdate = true
      }
    }
  }

  /** Sends changed states to the graphics card and leaves out draws that would show nothing. */
  flush(): void {
    if (this.uploaded === this.state.revision) return
    this.uploaded = this.state.revision
    this.stateMap.needsUpdate = true
    for (const { system, opaque, fadedDepth, faded } of this.drawn) {
      const passes = this.state.passes(system.rows)
      opaque.visible = passes.opaque
      fadedDepth.visible = passes.faded
      faded.visible = passes.faded
    }
  }

  dispose(): void {
    for (const material of this.materials) material.dispose()
    this.glow.dispose()
    this.stateMap.dispose()
  }
}
