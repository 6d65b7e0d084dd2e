import { Group } from 'three'
import type { TissueSnapshot } from '../run/snapshot.ts'
import { Bench, type Footprint } from './bench.ts'
import { ClipModels } from './clips.ts'
import { DropModels } from './drops.ts'
import { SmokeModel } from './smoke.ts'
import { SurfaceModel } from './surface.ts'
import { ThreadModels } from './threads.ts'
import { ToolModels } from './tools.ts'

/** Everything that is seen of an operative field. Fed with snapshots; framework-free. */
export class FieldPicture {
  readonly root = new Group()
  private readonly surface = new SurfaceModel()
  private readonly tools = new ToolModels()
  private readonly threads = new ThreadModels()
  private readonly drops = new DropModels()
  private readonly clips = new ClipModels()
  private readonly smoke = new SmokeModel()
  private bench: Bench | null = null

  constructor() {
    const { surface, tools, threads, drops, clips, smoke } = this
    this.root.add(surface.mesh, tools.group, threads.mesh, drops.mesh, clips.mesh, smoke.mesh)
  }

  /** Sets up what the tissue lies in. */
  layBench(footprint: Footprint): void {
    if (this.bench) this.root.remove(this.bench.root)
    this.bench?.dispose()
    this.bench = new Bench(footprint)
    this.root.add(this.bench.root)
  }

  /** Snapshots to come are another run's. */
  forget(): void {
    this.surface.forget()
  }

  /** @param pixel size of a pixel where the tissue is, m */
  update(snapshot: TissueSnapshot, pixel: number): void {
    this.surface.update(snapshot)
    this.tools.update(snapshot)
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
    this.smoke.dispose()
    this.bench?.dispose()
  }
}
