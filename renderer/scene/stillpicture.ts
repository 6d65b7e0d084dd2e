import {
  type Camera,
  CustomBlending,
  type DirectionalLight,
  FloatType,
  HalfFloatType,
  type HemisphereLight,
  LinearFilter,
  Matrix4,
  Mesh,
  NoToneMapping,
  OneFactor,
  OrthographicCamera,
  PerspectiveCamera,
  PlaneGeometry,
  type Scene,
  ShaderMaterial,
  type Texture,
  Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three'

const LAMP_SIZE = 0.16
const DOME_SHARE = 0.75

const passVertex = 'varying vec2 vUv; void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }'

/**
 * Gathers a picture over many frames while the camera rests: a sub-pixel shift, another spot on the large lamp and
 * another direction of the sky in each. What comes out has smooth edges, penumbrae and ambient occlusion.
 */
export class StillPicture {
  /** Asks for another frame. */
  ask: () => void = () => undefined
  private readonly frames: number
  private gathered = 0
  private restTimer: ReturnType<typeof setTimeout> | undefined
  private resting: 'moving' | 'resting' = 'moving'
  private own: 'no' | 'yes' = 'no'
  private target: WebGLRenderTarget | undefined
  private sum: WebGLRenderTarget | undefined
  private readonly quad = new Mesh(new PlaneGeometry(2, 2))
  private readonly flat = new OrthographicCamera(-1, 1, 1, -1, 0, 1)
  private readonly add = new ShaderMaterial({
    uniforms: { map: { value: null as Texture | null } },
    vertexShader: passVertex,
    fragmentShader: 'uniform sampler2D map; varying vec2 vUv; void main() { gl_FragColor = texture2D(map, vUv); }',
    transparent: true,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneFactor,
    depthTest: false,
    depthWrite: false,
  })
  private readonly show = new ShaderMaterial({
    uniforms: { map: { value: null as Texture | null }, gain: { value: 1 } },
    vertexShader: passVertex,
    fragmentShader: `uniform sampler2D map; uniform float gain; varying vec2 vUv;
      void main() {
        vec4 sum = texture2D(map, vUv) * gain;
        gl_FragColor = vec4(sum.rgb / max(sum.a, 0.0001), sum.a);
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
        gl_FragColor.rgb *= sum.a;
      }`,
    depthTest: false,
    depthWrite: false,
  })

  private changes = 0
  private readonly eye = new Matrix4()

  constructor(frames: number) {
    this.frames = frames
    this.quad.frustumCulled = false
  }

  /** Draws one frame: a quick one while things move, one more of the gathering while they rest. */
  frame(gl: WebGLRenderer, scene: Scene, camera: Camera, restMs: number): void {
    // A change may come while a frame of the gathering is already asked for: that frame is then no part of it.
    const isOther = this.isChanged(scene, camera)
    if (this.own === 'no' || isOther) {
      this.own = 'no'
      this.restart(restMs)
      gl.render(scene, camera)
      return
    }
    this.own = 'no'
    if (this.resting === 'moving' || !(camera instanceof PerspectiveCamera)) {
      gl.render(scene, camera)
      return
    }
    this.gather(gl, scene, camera)
    if (this.gathered < this.frames) this.askOwn()
  }

  dispose(): void {
    clearTimeout(this.restTimer)
    this.target?.dispose()
    this.sum?.dispose()
    this.add.dispose()
    this.show.dispose()
  }

  private isChanged(scene: Scene, camera: Camera): boolean {
    const changes = changesOf(scene)
    if (changes === this.changes && camera.matrixWorld.equals(this.eye)) return false
    this.changes = changes
    this.eye.copy(camera.matrixWorld)
    return true
  }

  private restart(restMs: number): void {
    this.resting = 'moving'
    this.gathered = 0
    clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      this.resting = 'resting'
      this.askOwn()
    }, restMs)
  }

  private askOwn(): void {
    this.own = 'yes'
    this.ask()
  }

  private gather(gl: WebGLRenderer, scene: Scene, camera: PerspectiveCamera): void {
    const { target, sum } = this.targets(gl)
    const undo = this.jitter(scene, camera, target)
    const tone = gl.toneMapping
    gl.toneMapping = NoToneMapping
    gl.setRenderTarget(target)
    gl.clear()
    gl.render(scene, camera)
    undo()
    const autoClear = gl.autoClear
    gl.autoClear = false
    gl.setRenderTarget(sum)
    if (this.gathered === 0) gl.clear()
    this.add.uniforms.map.value = target.texture
    this.quad.material = this.add
    gl.render(this.quad, this.flat)
    this.gathered++
    gl.setRenderTarget(null)
    gl.toneMapping = tone
    gl.clear()
    this.show.uniforms.map.value = sum.texture
    this.show.uniforms.gain.value = 1 / this.gathered
    this.quad.material = this.show
    gl.render(this.quad, this.flat)
    gl.autoClear = autoClear
  }

  private targets(gl: WebGLRenderer): { target: WebGLRenderTarget; sum: WebGLRenderTarget } {
    const width = gl.domElement.width
    const height = gl.domElement.height
    if (!this.target || !this.sum || this.target.width !== width || this.target.height !== height) {
      this.target?.dispose()
      this.sum?.dispose()
      gl.getContext().getExtension('EXT_float_blend')
      this.target = new WebGLRenderTarget(width, height, { type: HalfFloatType, samples: 2, minFilter: LinearFilter })
      this.sum = new WebGLRenderTarget(width, height, { type: FloatType, depthBuffer: false })
    }
    return { target: this.target, sum: this.sum }
  }

  /** Shifts camera, lamp and sky for one frame; the returned function puts them back. */
  private jitter(scene: Scene, camera: PerspectiveCamera, target: WebGLRenderTarget): () => void {
    const n = this.gathered
    const a = halton(n + 1, 2)
    const b = halton(n + 1, 3)
    camera.setViewOffset(target.width, target.height, a - 0.5, b - 0.5, target.width, target.height)
    const key = scene.getObjectByName('key') as DirectionalLight | undefined
    const dome = scene.getObjectByName('dome') as HemisphereLight | undefined
    const sky = scene.getObjectByName('sky') as DirectionalLight | undefined
    const lamp = key?.position.clone()
    if (key && lamp) {
      const reach = lamp.distanceTo(key.target.position)
      const angle = 2 * Math.PI * halton(n + 1, 5)
      const radius = LAMP_SIZE * reach * Math.sqrt(halton(n + 1, 7))
      side.set(1, 0, 0).applyQuaternion(camera.quaternion)
      upward.set(0, 1, 0).applyQuaternion(camera.quaternion)
      key.position.addScaledVector(side, radius * Math.cos(angle)).addScaledVector(upward, radius * Math.sin(angle))
    }
    const domeBefore = dome?.intensity ?? 0
    const environment = scene.environmentIntensity
    if (sky && key && dome) {
      // The sky as one far lamp, elsewhere in every frame; together they are the dome, with its shadows.
      const z = 1 - 1.5 * halton(n + 1, 11)
      const around = 2 * Math.PI * halton(n + 1, 13)
      const flat = Math.sqrt(Math.max(0, 1 - z * z))
      const reach = lamp ? lamp.distanceTo(key.target.position) : 3
      sky.target = key.target
      sky.position
        .set(flat * Math.cos(around), z, flat * Math.sin(around))
        .multiplyScalar(reach)
        .add(key.target.position)
      sky.visible = true
      dome.intensity = domeBefore * (1 - DOME_SHARE)
      scene.environmentIntensity = environment * (1 - DOME_SHARE * 0.6)
    }
    return () => {
      camera.clearViewOffset()
      if (key && lamp) key.position.copy(lamp)
      if (dome) dome.intensity = domeBefore
      if (sky) sky.visible = false
      scene.environmentIntensity = environment
    }
  }
}

/** Says that a scene shows something else than before: a picture of it that is being gathered begins anew. */
export function markChanged(scene: Scene): void {
  scene.userData.changes = changesOf(scene) + 1
}

function changesOf(scene: Scene): number {
  return typeof scene.userData.changes === 'number' ? scene.userData.changes : 0
}

const side = new Vector3()
const upward = new Vector3()

/** Evenly scattered numbers (Halton 1960). */
function halton(index: number, base: number): number {
  let result = 0
  let share = 1 / base
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    result += share * (i % base)
    share /= base
  }
  return result
}
