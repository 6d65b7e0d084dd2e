import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh } from 'three'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'
import { LivingMaterial } from './livingmaterial.ts'
import { creaseNormals, hollowness } from './normals.ts'
import { type Refined, refine, spread, type TriangleMesh } from './subdivide.ts'

/** Most triangles drawn; refinement stops before. */
const MOST = 110_000
const STEPS = 2
/** Kinds of triangles: each material from outside and where it was cut. */
const KINDS = MATERIALS.length * 2

/**
 * The skin of living tissue and the walls of its cuts: a finer surface that follows the particles. Where outside meets a
 * cut wall the edge stays sharp.
 */
export class SurfaceModel {
  readonly mesh: Mesh<BufferGeometry, LivingMaterial>
  private topology = -1
  private coarse: TriangleMesh = { vertices: 0, triangles: new Uint32Array(0), kind: new Uint8Array(0) }
  private steps: Refined[] = []
  /** Particle of each vertex of the coarse mesh. */
  private particles = new Uint32Array(0)
  private points: Float32Array[] = []
  private films: Float32Array[] = []
  private burns: Float32Array[] = []
  private swollen: Float32Array[] = []
  /** For each drawn vertex: the vertex of the finest mesh, and whose normal it has. */
  private drawn = { vertex: new Uint32Array(0), normal: new Uint32Array(0), corner: new Uint32Array(0) }
  private normals = new Float32Array(0)
  private open: Float32Array[] = []

  constructor(detail: 'fine' | 'plain') {
    this.mesh = new Mesh(new BufferGeometry(), new LivingMaterial(detail))
    this.mesh.castShadow = this.mesh.receiveShadow = true
    this.mesh.frustumCulled = false
  }

  /** The next snapshot is of another run: its triangles may differ under the same number. */
  forget(): void {
    this.topology = -1
  }

  /** Takes a snapshot. */
  update(snapshot: TissueSnapshot): void {
    if (snapshot.head[HEAD.topology] !== this.topology) this.rebuild(snapshot)
    const { points, films, burns, swollen, open, steps, particles } = this
    gather(snapshot.position, particles, points[0])
    copyBy(snapshot.film, particles, films[0], 4)
    copyBy(snapshot.burn, particles, burns[0], 2)
    copyBy(snapshot.swollen, particles, swollen[0], 1)
    hollowness(this.coarse, points[0], open[0])
    for (let s = 0; s < steps.length; s++) {
      spread(steps[s], points[s], points[s + 1], 3)
      spread(steps[s], films[s], films[s + 1], 4)
      spread(steps[s], burns[s], burns[s + 1], 2)
      spread(steps[s], swollen[s], swollen[s + 1], 1)
      spread(steps[s], open[s], open[s + 1], 1)
    }
    const finest = steps[steps.length - 1] ?? this.coarse
    creaseNormals(finest.triangles, this.drawn.corner, points[steps.length], this.normals)
    this.fill()
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  private rebuild(snapshot: TissueSnapshot): void {
    this.topology = snapshot.head[HEAD.topology]
    const count = snapshot.head[HEAD.triangles]
    const number = new Int32Array(snapshot.head[HEAD.particles]).fill(-1)
    const particles: number[] = []
    const triangles = new Uint32Array(count * 3)
    for (let i = 0; i < count * 3; i++) {
      const p = snapshot.triangles[i]
      if (number[p] < 0) number[p] = particles.push(p) - 1
      triangles[i] = number[p]
    }
    this.particles = Uint32Array.from(particles)
    this.coarse = { vertices: particles.length, triangles, kind: snapshot.kind.slice(0, count) }
    this.steps = []
    let finest: TriangleMesh = this.coarse
    let rest: Float32Array = new Float32Array(particles.length * 3)
    gather(snapshot.rest, this.particles, rest)
    while (this.steps.length < STEPS && finest.kind.length * 4 <= MOST) {
      const step = refine(finest, rest)
      const finer = new Float32Array(step.vertices * 3)
      spread(step, rest, finer, 3)
      this.steps.push(step)
      finest = step
      rest = finer
    }
    const levels = [this.coarse, ...this.steps]
    this.points = levels.map(({ vertices }) => new Float32Array(vertices * 3))
    this.films = levels.map(({ vertices }) => new Float32Array(vertices * 4))
    this.burns = levels.map(({ vertices }) => new Float32Array(vertices * 2))
    this.swollen = levels.map(({ vertices }) => new Float32Array(vertices))
    this.open = levels.map(({ vertices }) => new Float32Array(vertices))
    this.lay(finest)
    copyBy(rest, this.drawn.vertex, this.attribute('rest'), 3)
  }

  /** One drawn vertex for each kind of tissue that meets in a vertex, one normal for each sheet. */
  private lay({ triangles, kind, vertices }: TriangleMesh): void {
    const vertex: number[] = []
    const normal: number[] = []
    const rows: number[] = []
    const seen = new Int32Array(vertices * KINDS).fill(-1)
    const sheets = new Int32Array(vertices * 2).fill(-1)
    let normals = 0
    const index = new Uint32Array(triangles.length)
    const corner = new Uint32Array(triangles.length)
    for (let i = 0; i < triangles.length; i++) {
      const k = kind[Math.floor(i / 3)]
      const v = triangles[i]
      const sheet = v + (k & 1) * vertices
      if (sheets[sheet] < 0) sheets[sheet] = normals++
      corner[i] = sheets[sheet]
      const key = v + k * vertices
      if (seen[key] < 0) {
        seen[key] = vertex.push(v) - 1
        normal.push(corner[i])
        rows.push(k)
      }
      index[i] = seen[key]
    }
    this.drawn = { vertex: Uint32Array.from(vertex), normal: Uint32Array.from(normal), corner }
    this.normals = new Float32Array(normals * 3)
    this.mesh.geometry.dispose()
    const geometry = new BufferGeometry()
    const add = (name: string, width: number) => {
      const attribute = new BufferAttribute(new Float32Array(vertex.length * width), width)
      attribute.setUsage(DynamicDrawUsage)
      geometry.setAttribute(name, attribute)
    }
    add('position', 3)
    add('normal', 3)
    add('rest', 3)
    add('openness', 1)
    add('film', 4)
    add('burn', 2)
    add('swollen', 1)
    geometry.setAttribute('structure', new BufferAttribute(Float32Array.from(rows), 1))
    // Where skin meets a cut wall both sheets have the vertex.
    const isRim = (v: number) => sheets[v] >= 0 && sheets[v + vertices] >= 0
    geometry.setAttribute(
      'rim',
      new BufferAttribute(
        Float32Array.from(vertex, (v) => (isRim(v) ? 1 : 0)),
        1,
      ),
    )
    geometry.setAttribute('tendon', new BufferAttribute(new Float32Array(vertex.length), 1))
    geometry.setIndex(new BufferAttribute(index, 1))
    this.mesh.geometry = geometry
  }

  private fill(): void {
    const last = this.steps.length
    copyBy(this.points[last], this.drawn.vertex, this.attribute('position'), 3)
    copyBy(this.normals, this.drawn.normal, this.attribute('normal'), 3)
    copyBy(this.open[last], this.drawn.vertex, this.attribute('openness'), 1)
    copyBy(this.films[last], this.drawn.vertex, this.attribute('film'), 4)
    copyBy(this.burns[last], this.drawn.vertex, this.attribute('burn'), 2)
    copyBy(this.swollen[last], this.drawn.vertex, this.attribute('swollen'), 1)
  }

  private attribute(name: string): Float32Array {
    const attribute = this.mesh.geometry.getAttribute(name) as BufferAttribute
    attribute.needsUpdate = true
    return attribute.array as Float32Array
  }
}

function gather(from: Float32Array, which: Uint32Array, to: Float32Array): void {
  copyBy(from, which, to, 3)
}

function copyBy(from: Float32Array, which: Uint32Array, to: Float32Array, width: number): void {
  for (let i = 0; i < which.length; i++) for (let k = 0; k < width; k++) to[i * width + k] = from[which[i] * width + k]
}
