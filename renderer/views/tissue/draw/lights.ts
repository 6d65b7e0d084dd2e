import { DirectionalLight, Group, HemisphereLight, type PerspectiveCamera, SpotLight, Vector3 } from 'three'

/** How bright each light is under the lamp of the theatre, and at the tip of a scope. */
const LEVELS = {
  free: { lamp: 2.1, sky: 0.3, head: 0.42, side: 0.36, scope: 0, room: 0.45 },
  scope: { lamp: 0, sky: 0.05, head: 0, side: 0, scope: 0.026, room: 0.16 },
} as const

/** The lights over a field. All are there always, so that looking through a scope compiles no shader anew. */
export class FieldLights {
  readonly root = new Group()
  private readonly sky = new HemisphereLight('#d3e2e8', '#4a4038')
  /** On the surgeon's head: no face that is looked at is black. */
  private readonly head = new DirectionalLight('#fff6ea')
  private readonly side = new DirectionalLight('#bfd6e6')
  /** At the tip of a scope, around its lens: light falls off towards the rim and with distance. */
  private readonly scope = new SpotLight('#fff8ee', 0, 0, 0.72, 0.85, 2)

  constructor() {
    this.side.position.set(1.2, 1.4, 2.4)
    this.root.add(this.sky, this.head, this.side, this.scope, this.scope.target)
  }

  /** Sets all for a way to look. Returns the level of the lamp, and of what the room mirrors. */
  set(kind: keyof typeof LEVELS, camera: PerspectiveCamera): { lamp: number; room: number } {
    const levels = LEVELS[kind]
    this.sky.intensity = levels.sky
    this.head.intensity = levels.head
    this.side.intensity = levels.side
    this.scope.intensity = levels.scope
    this.head.position.copy(camera.position)
    this.scope.position.copy(camera.position)
    camera.getWorldDirection(forward)
    this.scope.target.position.copy(camera.position).add(forward)
    return levels
  }

  dispose(): void {
    for (const light of [this.sky, this.head, this.side, this.scope]) light.dispose()
  }
}

const forward = new Vector3()
