import {
  AddEquation,
  type BufferGeometry,
  CustomBlending,
  DataTexture,
  DoubleSide,
  FloatType,
  Mesh,
  NearestFilter,
  OneFactor,
  OrthographicCamera,
  PlaneGeometry,
  RedFormat,
  RGBAFormat,
  Scene,
  ShaderMaterial,
  Vector3,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three'
import type { Atlas } from '../../../scene/atlas.ts'

/** What the film shows: the sick side's lung as far as it has come up, the other whole. */
export type FilmRequest = { side: 'left' | 'right'; expansion: number; width: number; height: number }

/** Attenuation over that of soft tissue, per metre of path; the whole body inside the skin counts as soft tissue. */
const SOFT = 1
const RULES: readonly (readonly [RegExp, number])[] = [
  [/^skin$/, SOFT],
  [/^(upper-|middle-|lower-)?lobe|(^|-)lung(-|$)|lobe-of/, -0.74],
  [/^trachea|bronchus/, -0.85],
  [/^stomach/, -0.25],
  [/^rib-|costal-rib/, 0.85],
  [/^costal-cartilage/, 0.12],
  [/^clavicle|^scapula|^humerus|^sternum|^manubrium/, 0.55],
  [/vertebra|^t\d+|^thoracic/, 0.5],
]

/**
 * A plain frontal film computed from the patient's own body: along every ray the lengths in skin, lung, bone are summed
 * with their attenuation (front faces add their depth, back faces take it away). No stored picture.
 */
export function exposeFilm(atlas: Atlas, request: FilmRequest): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const renderer = new WebGLRenderer({ canvas, preserveDrawingBuffer: true, antialias: false })
  renderer.setSize(request.width, request.height, false)
  const target = new WebGLRenderTarget(request.width, request.height, {
    type: FloatType,
    format: RGBAFormat,
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  })
  const camera = chestCamera(atlas, request.width / request.height)
  const scene = new Scene()
  const weights = weightTexture(atlas, request)
  for (const { geometry } of atlas.systems) scene.add(lengths(geometry, weights, null, 1))
  addSickLung(scene, atlas, request)
  renderer.setRenderTarget(target)
  renderer.setClearColor(0, 0)
  renderer.clear()
  renderer.render(scene, camera)
  renderer.setRenderTarget(null)
  const film = new Scene()
  film.add(developed(target))
  renderer.render(film, camera)
  const out = document.createElement('canvas')
  out.width = request.width
  out.height = request.height
  out.getContext('2d')?.drawImage(canvas, 0, 0)
  target.dispose()
  weights.dispose()
  renderer.dispose()
  renderer.forceContextLoss()
  return out
}

/** Sees the chest from in front, from above the clavicles to below the diaphragm. */
function chestCamera(atlas: Atlas, aspect: number): OrthographicCamera {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const structure of atlas.structures) {
    if (!isLung(structure.id)) continue
    low = Math.min(low, structure.bounds[0][1])
    high = Math.max(high, structure.bounds[1][1])
  }
  if (!Number.isFinite(low)) [low, high] = [1.15, 1.5]
  const middle = (low + high) / 2
  const half = ((high - low) / 2) * 1.22
  const camera = new OrthographicCamera(-half * aspect, half * aspect, half, -half, 0.01, 4)
  camera.position.set(0, middle, 2)
  camera.updateMatrixWorld()
  return camera
}

function isLung(id: string): boolean {
  return /lung|lobe/.test(id) && !/bronch|vessel|arter|vein/.test(id)
}

function onSide(id: string, side: 'left' | 'right'): boolean {
  return side === 'left' ? /(-l|-left)(-|$)|^left-|-left-/.test(id) : /(-r|-right)(-|$)|^right-|-right-/.test(id)
}

/** One weight per structure; the sick lung's space holds air. */
function weightTexture(atlas: Atlas, request: FilmRequest): DataTexture {
  const data = new Float32Array(atlas.rows)
  for (const { id, index } of atlas.structures) {
    const rule = RULES.find(([pattern]) => pattern.test(id))
    if (isLung(id)) data[index] = onSide(id, request.side) ? -0.97 : -0.74
    else if (rule) data[index] = rule[1]
  }
  const texture = new DataTexture(data, 1, atlas.rows, RedFormat, FloatType)
  texture.needsUpdate = true
  return texture
}

/** The lung itself within the air: drawn again, shrunk towards its root. */
function addSickLung(scene: Scene, atlas: Atlas, request: FilmRequest): void {
  const data = new Float32Array(atlas.rows)
  const root = new Vector3()
  let parts = 0
  for (const structure of atlas.structures) {
    if (!isLung(structure.id) || !onSide(structure.id, request.side)) continue
    data[structure.index] = 1
    const [low, high] = structure.bounds
    root.add(new Vector3((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2))
    parts++
  }
  if (parts === 0) return
  root.divideScalar(parts)
  root.x *= 0.42
  const share = Math.cbrt(0.16 + 0.84 * Math.max(0, Math.min(1, request.expansion)))
  // Less air in the same tissue: denser the smaller it is.
  const weight = 0.97 - 0.74 * share * share * share
  for (let i = 0; i < data.length; i++) data[i] *= weight
  const texture = new DataTexture(data, 1, atlas.rows, RedFormat, FloatType)
  texture.needsUpdate = true
  for (const { geometry } of atlas.systems) scene.add(lengths(geometry, texture, root, share))
}

function lengths(geometry: BufferGeometry, weights: DataTexture, root: Vector3 | null, scale: number): Mesh {
  const material = new ShaderMaterial({
    uniforms: {
      uWeights: { value: weights },
      uRoot: { value: root ?? new Vector3() },
      uScale: { value: scale },
    },
    vertexShader: /* glsl */ `
      attribute float structure;
      uniform sampler2D uWeights;
      uniform vec3 uRoot;
      uniform float uScale;
      varying float vDepth;
      varying float vWeight;
      void main() {
        vWeight = texelFetch(uWeights, ivec2(0, int(structure + 0.5)), 0).r;
        vec3 at = uRoot + (position - uRoot) * uScale;
        vDepth = at.z;
        gl_Position = vWeight == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : projectionMatrix * modelViewMatrix * vec4(at, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      varying float vDepth;
      varying float vWeight;
      void main() {
        float path = vWeight * vDepth * (gl_FrontFacing ? 1.0 : -1.0);
        gl_FragColor = vec4(path, 0.0, 0.0, 1.0);
      }`,
    blending: CustomBlending,
    blendEquation: AddEquation,
    blendSrc: OneFactor,
    blendDst: OneFactor,
    depthTest: false,
    depthWrite: false,
    side: DoubleSide,
  })
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  return mesh
}

/** Path to film: air black, dense white, with the grain and fall-off of a portable film. */
function developed(target: WebGLRenderTarget): Mesh {
  const material = new ShaderMaterial({
    uniforms: { uPath: { value: target.texture } },
    vertexShader: 'varying vec2 vUv; void main() { vUv = uv; gl_Position = vec4(position.xy * 2.0, 0.0, 1.0); }',
    fragmentShader: /* glsl */ `
      varying vec2 vUv;
      uniform sampler2D uPath;
      float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
      void main() {
        float path = max(0.0, texture2D(uPath, vUv).r);
        float film = 1.0 - exp(-path * 9.0);
        film = smoothstep(0.26, 0.95, film);
        film += (hash(vUv * 917.0) - 0.5) * 0.035;
        vec2 edge = abs(vUv - 0.5) * 2.0;
        film *= 1.0 - 0.18 * dot(edge, edge);
        gl_FragColor = vec4(vec3(film) * vec3(0.94, 0.98, 1.0), 1.0);
      }`,
    depthTest: false,
  })
  const mesh = new Mesh(new PlaneGeometry(1, 1), material)
  mesh.frustumCulled = false
  return mesh
}
