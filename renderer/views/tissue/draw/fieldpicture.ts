import { Group, type PerspectiveCamera } from 'three'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { softenShadowsIn } from '../../theatre/stage/softshadow.ts'
import type { TissueSnapshot } from '../run/snapshot.ts'
import { Bench, type Footprint } from './bench.ts'
import { ClipModels } from './clips.ts'
import { DropModels } from './drops.ts'
import { FieldLights } from './lights.ts'
import { SmokeModel } from './smoke.ts'
import { SurfaceModel } from './surface.ts'
import { ThreadModels } from './threads.ts'
import { ToolModels } from './tools.ts'

/** Everything that is seen of an operative field. Fed with snapshots; framework-free. */
export class FieldPicture {
  readonly root = new Group()
  private readonly surface: SurfaceModel
  private readonly tools = new ToolModels()
  private readonly threads = new ThreadModels()
  private readonly drops = new DropModels()
  private readonly clips = new ClipModels()
  private readonly smoke = new SmokeModel()
  private readonly lights = new FieldLights()
  private readonly detail: 'fine' | 'plain'
  private bench: Bench | null = null

  constructor(detail: 'fine' | 'plain') {
    this.detail = detail
    this.surface = new SurfaceModel(detail)
    const { surface, tools, threads, drops, clips, smoke } = this
    this.root.add(surface.mesh, tools.group, threads.mesh, drops.mesh, clips.mesh, smoke.mesh, this.lights.root)
  }

  get hasBench(): boolean {
    return this.bench !== null
  }

  /** Sets up what the tissue lies in. */
  layBench(footprint: Footprint, { around }: Pick<Scene, 'around'>): void {
    this.bench = new Bench(footprint, around)
    softenShadowsIn(this.bench.root, this.detail === 'fine' ? 'full' : 'light')
    this.root.add(this.bench.root)
  }

  /** Snapshots to come are another run's, of this scene. */
  forget(scene: Pick<Scene, 'tissue'>): void {
    this.surface.forget(scene)
  }

  /** Lights the field for a way to look; returns how strongly the room is mirrored. */
  light(kind: 'free' | 'scope', camera: PerspectiveCamera): number {
    const { lamp, room } = this.lights.set(kind, camera)
    if (this.bench) this.bench.lamp.intensity = lamp
    return room
  }

  /** @param pixel size of a pixel where the tissue is, m @param hidden number of a tool that is looked through, or −1 */
  update(snapshot: TissueSnapshot, pixel: number, hidden: number): void {
    this.surface.update(snapshot)
    this.tools.update(snapshot, hidden)
    this.threads.update(snapshot, pixel * 0.75)
    this.drops.update(snapshot)
    this.clips.update(snapshot)
    this.smoke.update(snapshot)
  }

  dispose(): void {
    this.surface.dispose()
    this.tools.dispose()
    this.threads.dispose()
    this.drops.dispose()
    this.clips.dispose()
    this.lights.dispose()
    this.smoke.dispose()
    this.bench?.dispose()
  }
}
