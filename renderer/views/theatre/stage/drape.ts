import { BufferAttribute, BufferGeometry, Color, DoubleSide, Mesh, MeshStandardMaterial, Vector4 } from 'three'
import { softShadows } from './softshadow.ts'

/** The cloth is laid on a grid over the body seen from in front (x, y), heights along +z; metres. */
export const CLOTH = { left: -0.62, right: 0.62, bottom: 0.62, top: 1.72, cell: 0.0125 } as const
const COLUMNS = Math.round((CLOTH.right - CLOTH.left) / CLOTH.cell) + 1
const ROWS = Math.round((CLOTH.top - CLOTH.bottom) / CLOTH.cell) + 1
/** Half width of the table, m: beyond it the cloth hangs. */
const TABLE_HALF = 0.3
/** How steeply cloth can fall from what it lies on. */
const STEEPEST = 2.2
const LIFT = 0.005

/** The part of the body left bare: a rounded box in (x, y) of the body frame, metres. */
export type Opening = { left: number; right: number; bottom: number; top: number }

/**
 * Height of the cloth over the grid: the highest skin in each cell, bridged where cloth would span a hollow, smoothed.
 *
 * @param positions skin vertices, body frame, metres (x y z …)
 * @param tableZ height of the table top
 */
export function layCloth(positions: ArrayLike<number>, index: ArrayLike<number>, tableZ: number): Float32Array {
  const height = new Float32Array(COLUMNS * ROWS).fill(tableZ + LIFT)
  for (let t = 0; t + 2 < index.length; t += 3) raiseTriangle(height, positions, index[t], index[t + 1], index[t + 2])
  for (let j = 0; j < ROWS; j++) {
    for (let i = 0; i < COLUMNS; i++) {
      const x = Math.abs(CLOTH.left + i * CLOTH.cell)
      if (x > TABLE_HALF && height[j * COLUMNS + i] <= tableZ + LIFT) height[j * COLUMNS + i] = tableZ - 0.42
    }
  }
  spread(height)
  for (let pass = 0; pass < 3; pass++) smooth(height)
  return height
}

function raiseTriangle(height: Float32Array, p: ArrayLike<number>, a: number, b: number, c: number): void {
  const ax = (p[a * 3] - CLOTH.left) / CLOTH.cell
  const ay = (p[a * 3 + 1] - CLOTH.bottom) / CLOTH.cell
  const bx = (p[b * 3] - CLOTH.left) / CLOTH.cell
  const by = (p[b * 3 + 1] - CLOTH.bottom) / CLOTH.cell
  const cx = (p[c * 3] - CLOTH.left) / CLOTH.cell
  const cy = (p[c * 3 + 1] - CLOTH.bottom) / CLOTH.cell
  const top = Math.max(p[a * 3 + 2], p[b * 3 + 2], p[c * 3 + 2]) + LIFT
  const i1 = Math.min(COLUMNS - 1, Math.ceil(Math.max(ax, bx, cx)))
  const j1 = Math.min(ROWS - 1, Math.ceil(Math.max(ay, by, cy)))
  for (let j = Math.max(0, Math.floor(Math.min(ay, by, cy))); j <= j1; j++) {
    for (let i = Math.max(0, Math.floor(Math.min(ax, bx, cx))); i <= i1; i++) {
      if (top > height[j * COLUMNS + i]) height[j * COLUMNS + i] = top
    }
  }
}

/** Limits the slope: two sweeps of a distance transform in each direction. */
function spread(height: Float32Array): void {
  const drop = STEEPEST * CLOTH.cell
  const relax = (at: number, from: number) => {
    if (height[from] - drop > height[at]) height[at] = height[from] - drop
  }
  for (let j = 0; j < ROWS; j++) {
    for (let i = 0; i < COLUMNS; i++) {
      const at = j * COLUMNS + i
      if (i > 0) relax(at, at - 1)
      if (j > 0) relax(at, at - COLUMNS)
    }
  }
  for (let j = ROWS - 1; j >= 0; j--) {
    for (let i = COLUMNS - 1; i >= 0; i--) {
      const at = j * COLUMNS + i
      if (i + 1 < COLUMNS) relax(at, at + 1)
      if (j + 1 < ROWS) relax(at, at + COLUMNS)
    }
  }
}

function smooth(height: Float32Array): void {
  const copy = height.slice()
  for (let j = 1; j + 1 < ROWS; j++) {
    for (let i = 1; i + 1 < COLUMNS; i++) {
      const at = j * COLUMNS + i
      const around = copy[at - 1] + copy[at + 1] + copy[at - COLUMNS] + copy[at + COLUMNS]
      // Cloth rests on the body: smoothing may lift it, never sink it in by more than a millimetre.
      height[at] = Math.max(copy[at] - 0.001, (copy[at] * 2 + around) / 6)
    }
  }
}

const openingShader = /* glsl */ `
varying vec3 vCloth;
uniform vec4 uOpening;
uniform float uTable;
float clothHash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float clothNoise(vec2 p) {
  vec2 i = floor(p); vec2 f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(clothHash(i), clothHash(i + vec2(1,0)), f.x), mix(clothHash(i + vec2(0,1)), clothHash(i + vec2(1,1)), f.x), f.y);
}
/** Signed distance to the opening in (x, y), metres: negative inside. */
float openingDistance(vec2 p) {
  vec2 middle = 0.5 * (uOpening.xy + uOpening.zw);
  vec2 half_ = 0.5 * (uOpening.zw - uOpening.xy) - 0.02;
  vec2 d = abs(p - middle) - half_;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - 0.02;
}
`

/** The sterile drape over a body, with an opening. */
export function buildDrape(height: Float32Array, opening: Opening, tableZ: number): Mesh {
  const positions = new Float32Array(COLUMNS * ROWS * 3)
  const index: number[] = []
  for (let j = 0; j < ROWS; j++) {
    for (let i = 0; i < COLUMNS; i++) {
      const at = j * COLUMNS + i
      const x = CLOTH.left + i * CLOTH.cell
      const y = CLOTH.bottom + j * CLOTH.cell
      const z = height[at]
      const hang = Math.max(0, Math.abs(x) - TABLE_HALF)
      // Only cloth that hangs is gathered; over an arm beyond the table it lies where the arm is.
      const hangs = Math.max(0, Math.min(1, (tableZ + 0.02 - z) / 0.12))
      const fold = Math.sin(y * 46 + Math.sin(y * 13) * 2.2) * Math.min(0.02, hang * 0.14)
      const crease = (wave(x * 9, y * 7) - 0.5) * 0.006 + (wave(x * 23 + 5, y * 19) - 0.5) * 0.003
      positions[at * 3] = x + Math.sign(x) * hangs * (fold - hang * 0.72)
      positions[at * 3 + 1] = y
      positions[at * 3 + 2] = z + crease
      if (i + 1 === COLUMNS || j + 1 === ROWS) continue
      index.push(at, at + 1, at + COLUMNS, at + 1, at + COLUMNS + 1, at + COLUMNS)
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  const mesh = new Mesh(geometry, clothMaterial(opening, tableZ))
  mesh.castShadow = true
  mesh.receiveShadow = true
  return mesh
}

/** Green theatre cloth with a weave, creases and a stitched hem round the opening. */
function clothMaterial(opening: Opening, tableZ: number): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ color: new Color('#1c6f69'), roughness: 0.92, side: DoubleSide })
  const uniforms = {
    uOpening: { value: new Vector4(opening.left, opening.bottom, opening.right, opening.top) },
    uTable: { value: tableZ },
  }
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    softShadows(shader)
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vCloth;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvCloth = position;')
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${openingShader}`)
      .replace(
        '#include <color_fragment>',
        `#include <color_fragment>
        float toHem = openingDistance(vCloth.xy);
        // Where the sheet lies on the table it stays, tucked under the patient.
        if (toHem < 0.0 && vCloth.z > uTable + 0.022) discard;
        float weave = clothNoise(vCloth.xy * 1400.0) * 0.5 + clothNoise(vCloth.xy * vec2(500.0, 90.0)) * 0.5;
        diffuseColor.rgb *= 0.9 + 0.16 * weave;
        diffuseColor.rgb *= 0.94 + 0.12 * clothNoise(vCloth.xy * 14.0);
        // A doubled hem: paler, with a sewn groove that runs on without a break.
        float hem = smoothstep(0.0135, 0.0125, toHem);
        diffuseColor.rgb = mix(diffuseColor.rgb, diffuseColor.rgb * 1.14 + 0.008, hem);
        diffuseColor.rgb *= 1.0 - 0.28 * smoothstep(0.0011, 0.0004, abs(toHem - 0.0118));
        diffuseColor.rgb *= 0.72 + 0.28 * smoothstep(0.0, 0.003, toHem);`,
      )
  }
  return material
}

function wave(x: number, y: number): number {
  return 0.5 + 0.25 * Math.sin(x + 1.7 * Math.sin(y * 0.9)) + 0.25 * Math.sin(y * 1.3 + 2.1 * Math.sin(x * 0.7))
}
