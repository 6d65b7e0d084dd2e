import { Mesh } from 'three'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'
import { DrawnMesh } from './drawnmesh.ts'
import { withoutEnclosed } from './enclosed.ts'
import { fitRelief, swellings } from './fitrelief.ts'
import { type Forms, formsOf } from './form.ts'
import { LivingMaterial } from './livingmaterial.ts'
import { veilOf } from './looks.ts'
import { creaseNormals, hollowness } from './normals.ts'
import { orient } from './orient.ts'
import { areasOf, drawnOut } from './pallor.ts'
import { type Relief, raise, raiseFinest, skinNormals } from './relief.ts'
import { seamsOf } from './seams.ts'
import { halve, type Refined, refine, spread, type TriangleMesh } from './subdivide.ts'

/** Most triangles drawn; refinement stops before. */
const MOST = 110_000
const STEPS = 2

/** Whether serous skin lies over a kind of triangle: a material's outside or inside. */
const isCovered = (kind: number): boolean => veilOf(MATERIALS[kind >> 1].name) > 0

const NOTHING: TriangleMesh = { vertices: 0, triangles: new Uint32Array(0), kind: new Uint8Array(0) }

/**
 * The skin of living tissue and the walls of its cuts: a finer surface that follows the particles, in the shape that the
 * organs themselves have. Where outside meets a cut wall the edge stays sharp.
 */
export class SurfaceModel {
  readonly mesh: Mesh<DrawnMesh['geometry'], LivingMaterial>
  private drawn = new DrawnMesh(NOTHING, new Float32Array(0), new Float32Array(0))
  private forms: Forms | null = null
  /** The shape at rest of the first snapshot: what it is later that it was not is swelling. */
  private first: Float32Array | null = null
  private topology = -1
  private coarse = NOTHING
  private steps: Refined[] = []
  private relief: Relief | null = null
  /** Particle of each vertex of the coarse mesh, and where that is. */
  private particles = new Uint32Array(0)
  private corners = new Float32Array(0)
  /** Values at each level of refinement; the last are what is drawn. */
  private points: Float32Array[] = []
  private ways: Float32Array[] = []
  private open: Float32Array[] = []
  private films: Float32Array[] = []
  private burns: Float32Array[] = []
  private swollen: Float32Array[] = []
  private pale: Float32Array[] = []
  /** Area at rest of each coarse triangle, m²; sums around each vertex. */
  private areas: Float32Array = new Float32Array(0)
  private around: Float32Array = new Float32Array(0)
  private readonly isMarked = { film: true, burn: true, swollen: true, pale: true }

  constructor(detail: 'fine' | 'plain') {
    this.mesh = new Mesh(this.drawn.geometry, new LivingMaterial(detail))
    this.mesh.castShadow = this.mesh.receiveShadow = true
    this.mesh.frustumCulled = false
  }

  /** The next snapshot is of another run: its triangles may differ under the same number. */
  forget(scene: Pick<Scene, 'tissue'>): void {
    this.topology = -1
    this.forms = formsOf(scene)
    this.first = null
  }

  /** Takes a snapshot. */
  update(snapshot: TissueSnapshot): void {
    if (snapshot.head[HEAD.topology] !== this.topology) this.rebuild(snapshot)
    const { coarse, points, open, steps, particles, drawn } = this
    copyBy(snapshot.position, particles, this.corners, 3)
    if (this.relief) {
      skinNormals(coarse, this.corners, this.ways[0])
      raise(this.relief, this.corners, this.ways[0], points[0])
    } else points[0].set(this.corners)
    hollowness(coarse, points[0], open[0])
    this.carry(open, 1)
    for (let s = 0; s < steps.length; s++) spread(steps[s], points[s], points[s + 1], 3)
    if (this.relief) {
      for (let s = 0; s + 1 < steps.length; s++) spread(steps[s], this.ways[s], this.ways[s + 1], 3)
      raiseFinest(this.relief, steps, this.ways, points[steps.length])
    }
    const finest = steps[steps.length - 1] ?? coarse
    creaseNormals(finest.triangles, drawn.corner, points[steps.length], drawn.array('normal'))
    drawn.finish('position')
    drawn.finish('normal')
    drawn.finish('openness')
    copyBy(snapshot.film, particles, this.films[0], 4)
    copyBy(snapshot.burn, particles, this.burns[0], 2)
    copyBy(snapshot.swollen, particles, this.swollen[0], 1)
    drawnOut(coarse, this.areas, this.corners, this.pale[0], this.around)
    this.mark('film', this.films, 4)
    this.mark('burn', this.burns, 2)
    this.mark('swollen', this.swollen, 1)
    this.mark('pale', this.pale, 1)
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  /** What lies on the tissue or was done to it; where there is nothing and was nothing, nothing is carried over. */
  private mark(name: keyof typeof this.isMarked, levels: Float32Array[], width: number): void {
    const isMarked = levels[0].some((value) => value !== 0)
    if (!isMarked && !this.isMarked[name]) return
    this.isMarked[name] = isMarked
    this.carry(levels, width)
    this.drawn.finish(name)
  }

  /** Carries values to the finest level; the last step only halves. */
  private carry(levels: Float32Array[], width: number): void {
    const { steps } = this
    for (let s = 0; s < steps.length; s++)
      if (s + 1 < steps.length) spread(steps[s], levels[s], levels[s + 1], width)
      else halve(steps[s], (steps[s - 1] ?? this.coarse).vertices, levels[s], levels[s + 1], width)
  }

  private rebuild(snapshot: TissueSnapshot): void {
    this.topology = snapshot.head[HEAD.topology]
    this.number(snapshot)
    const { particles, coarse } = this
    const corners = new Float32Array(particles.length * 3)
    copyBy(snapshot.rest, particles, corners, 3)
    this.corners = corners
    this.steps = []
    let finest: TriangleMesh = coarse
    let rest: Float32Array = corners
    while (this.steps.length < STEPS && finest.kind.length * 4 <= MOST) {
      const step = refine(finest, rest)
      const finer = new Float32Array(step.vertices * 3)
      spread(step, rest, finer, 3)
      this.steps.push(step)
      finest = step
      rest = finer
    }
    this.first ??= snapshot.rest.slice(0, snapshot.head[HEAD.particles] * 3)
    this.relief = this.forms
      ? fitRelief(
          coarse,
          this.steps,
          corners,
          this.forms,
          swellings(coarse, particles, corners, this.first, this.forms),
        )
      : null
    this.mesh.geometry.dispose()
    this.drawn = new DrawnMesh(finest, rest, seamsOf(coarse, this.steps, isCovered))
    this.mesh.geometry = this.drawn.geometry
    const levels = [coarse, ...this.steps].map(({ vertices }) => vertices)
    const on = (width: number, last: Float32Array) =>
      levels.map((vertices, s) => (s + 1 < levels.length ? new Float32Array(vertices * width) : last))
    this.points = on(3, this.drawn.array('position'))
    this.open = on(1, this.drawn.array('openness'))
    this.films = on(4, this.drawn.array('film'))
    this.burns = on(2, this.drawn.array('burn'))
    this.swollen = on(1, this.drawn.array('swollen'))
    this.pale = on(1, this.drawn.array('pale'))
    this.areas = areasOf(coarse, corners)
    this.around = new Float32Array(coarse.vertices)
    this.ways = levels.slice(0, Math.max(1, levels.length - 1)).map((vertices) => new Float32Array(vertices * 3))
    this.isMarked.film = this.isMarked.burn = this.isMarked.swollen = this.isMarked.pale = true
  }

  /** The coarse mesh, of what is seen: its vertices are numbered as they come up. */
  private number({ head, triangles, kind, rest }: TissueSnapshot): void {
    const count = head[HEAD.triangles]
    const vertices = head[HEAD.particles]
    const seen = withoutEnclosed(
      { vertices, triangles: triangles.slice(0, count * 3), kind: kind.slice(0, count) },
      rest,
    )
    const number = new Int32Array(vertices).fill(-1)
    const particles: number[] = []
    const numbered = seen.triangles.map((p) => {
      if (number[p] < 0) number[p] = particles.push(p) - 1
      return number[p]
    })
    this.particles = Uint32Array.from(particles)
    this.coarse = { vertices: particles.length, triangles: numbered, kind: seen.kind }
    orient(this.coarse)
  }
}

function copyBy(from: Float32Array, which: Uint32Array, to: Float32Array, width: number): void {
  for (let i = 0; i < which.length; i++) for (let k = 0; k < width; k++) to[i * width + k] = from[which[i] * width + k]
}
