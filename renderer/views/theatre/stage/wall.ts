import {
  BufferAttribute,
  BufferGeometry,
  type Color,
  DataTexture,
  DataUtils,
  HalfFloatType,
  LinearFilter,
  Mesh,
  MeshPhysicalMaterial,
  RedFormat,
  RGBAFormat,
  UnsignedByteType,
  Vector2,
  Vector3,
  Vector4,
} from 'three'
import {
  DRAIN_STATE,
  HEADER,
  type SnapshotBuffer,
  WALL_COLUMNS,
  WALL_ROWS,
} from '../../../../core/simulation/snapshot.ts'
import { bodyHeights, bodyShare } from './blend.ts'
import type { Field } from './field.ts'
import { CELL_MM, FieldMask } from './fieldmask.ts'
import { layerTexture } from './layers.ts'
import { softShadows } from './softshadow.ts'
import { MAP_HEIGHT, MAP_WIDTH, paintWall } from './wallmap.ts'
import { wallColour, wallDisplace, wallFragment, wallNormal, wallVertex } from './wallshader.ts'

/** The drawn body's skin counts only where it lies this near to the field's, mm. */
const SAME_SKIN_MM = 12

/** The skin of the operative field with the opening in it. Lies in the field frame (metres). */
export type WallModel = {
  mesh: Mesh
  /** Takes what changed in the snapshot. `prep` 0–1: antiseptic on the skin. */
  update: (snapshot: SnapshotBuffer, expansion: number, prep: number) => void
  dispose: () => void
}

/** The skin around the field, into which the wall passes over at its border: the drawn body is not this very patient. */
type Surround = { positions: ArrayLike<number>; index: ArrayLike<number> }

/** Builds the wall for a field; `skin` is the tone of the patient's skin. */
export function buildWall(field: Field, skin: Color, body: Surround | null): WallModel {
  const map = new Uint8Array(MAP_WIDTH * MAP_HEIGHT * 4)
  const texture = new DataTexture(map, MAP_WIDTH, MAP_HEIGHT, RGBAFormat, UnsignedByteType)
  texture.magFilter = LinearFilter
  texture.minFilter = LinearFilter
  texture.needsUpdate = true
  const sag = new DataTexture(
    new Uint16Array(WALL_COLUMNS * WALL_ROWS),
    WALL_COLUMNS,
    WALL_ROWS,
    RedFormat,
    HalfFloatType,
  )
  sag.magFilter = LinearFilter
  sag.minFilter = LinearFilter
  const layers = layerTexture(field)
  const uniforms = {
    uWall: { value: texture },
    uLayers: { value: layers },
    uSag: { value: sag },
    uSizeMm: { value: new Vector2(field.widthMm, field.heightMm) },
    uMapMm: { value: new Vector2(WALL_COLUMNS, WALL_ROWS) },
    uSkin: { value: new Vector3(skin.r, skin.g, skin.b) },
    uMark: { value: new Vector3() },
    uDents: { value: [new Vector4(0, 0, 0, 1), new Vector4(0, 0, 0, 1)] },
    uLung: { value: 1 },
    uPrep: { value: 0 },
    uTime: { value: 0 },
  }
  const material = new MeshPhysicalMaterial({ roughness: 0.56, clearcoat: 1, clearcoatRoughness: 0.22 })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    softShadows(shader)
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${wallVertex}`)
      .replace('#include <begin_vertex>', wallDisplace)
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${wallFragment}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\n${wallColour}`)
      .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = wallRough;')
      .replace('#include <clearcoat_normal_fragment_maps>', `#include <clearcoat_normal_fragment_maps>\n${wallNormal}`)
      .replace(
        '#include <lights_physical_fragment>',
        '#include <lights_physical_fragment>\n#ifdef USE_CLEARCOAT\nmaterial.clearcoat *= 0.08 + 0.8 * wallWet;\n#endif',
      )
  }
  const mesh = new Mesh(wallGeometry(field, body), material)
  mesh.receiveShadow = true
  let version = -1
  let held: 'free' | 'tied' = 'free'
  return {
    mesh,
    update(snapshot, expansion, prep) {
      const now = (snapshot.header[HEADER.drainState] & DRAIN_STATE.fixed) === 0 ? 'free' : 'tied'
      if (snapshot.header[HEADER.wallVersion] !== version || now !== held) {
        version = snapshot.header[HEADER.wallVersion]
        held = now
        paintWall(snapshot, map, held)
        texture.needsUpdate = true
      }
      paintSag(snapshot.sag, sag.image.data as Uint16Array)
      sag.needsUpdate = true
      const { dents, mark } = snapshot
      for (let k = 0; k < 2; k++)
        uniforms.uDents.value[k].set(dents[k * 4], dents[k * 4 + 1], dents[k * 4 + 2], dents[k * 4 + 3])
      uniforms.uMark.value.set(mark[0], mark[1], mark[2])
      uniforms.uLung.value = expansion
      uniforms.uPrep.value = prep
    },
    dispose() {
      mesh.geometry.dispose()
      material.dispose()
      texture.dispose()
      layers.dispose()
      sag.dispose()
    },
  }
}

/** How far living skin was moved, as half floats in millimetres. */
function paintSag(from: Int16Array, into: Uint16Array): void {
  for (let i = 0; i < from.length; i++) into[i] = from[i] === 0 ? 0 : DataUtils.toHalfFloat(from[i] / 100)
}

function wallGeometry(field: Field, body: Surround | null): BufferGeometry {
  const around = body ? bodyHeights(body.positions, body.index, field, CELL_MM) : null
  const mask = new FieldMask(field)
  const { columns, rows } = mask
  const positions = new Float32Array((columns + 1) * (rows + 1) * 3)
  const index: number[] = []
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= columns; i++) {
      const u = i * CELL_MM
      const v = j * CELL_MM
      const at = j * (columns + 1) + i
      positions[at * 3] = u / 1000
      positions[at * 3 + 1] = v / 1000
      const own = field.surfaceMm('skin', u, v)
      const apart = around ? around[at] - own : 0
      const share = Math.abs(apart) < SAME_SKIN_MM ? bodyShare(mask.insideMm(i, j)) : 0
      positions[at * 3 + 2] = (own + (share > 0 ? apart * share : 0)) / 1000
      if (!mask.draws(i, j)) continue
      index.push(at, at + 1, at + columns + 1, at + 1, at + columns + 2, at + columns + 1)
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  return geometry
}
