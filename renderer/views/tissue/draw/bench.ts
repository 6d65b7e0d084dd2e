import {
  BufferAttribute,
  Color,
  ExtrudeGeometry,
  Group,
  Mesh,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  PlaneGeometry,
  Shape,
  SpotLight,
} from 'three'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { softShadows } from '../../theatre/stage/softshadow.ts'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'
import { buildEye } from './eyeball.ts'

/** Space between the tissue and the rim of the tray, m. */
const MARGIN = 0.016
const RIM = 0.006
/** How far below the lens the table is, m. */
const EYE_DEPTH = 0.006

/** What the tissue lies in and under: bounds in the field, m. */
export type Footprint = {
  readonly min: readonly [number, number, number]
  readonly max: readonly [number, number, number]
}

/** What the tissue lies in, a steel tray or an eye, on a draped table; the lamp of the theatre. */
export class Bench {
  readonly root = new Group()
  readonly lamp: SpotLight

  constructor({ min, max }: Footprint, around: Scene['around']) {
    const [x, z] = [(min[0] + max[0]) / 2, (min[2] + max[2]) / 2]
    const half: [number, number] = [(max[0] - min[0]) / 2 + MARGIN, (max[2] - min[2]) / 2 + MARGIN]
    this.lamp = lampOver(x, max[1], z)
    const drape = buildDrape(half)
    this.root.add(drape, this.lamp, this.lamp.target)
    switch (around) {
      case 'tray': {
        const tray = buildTray(half)
        tray.position.set(x, min[1] - 0.0006, z)
        drape.position.set(x, min[1] - 0.003, z)
        this.root.add(tray)
        break
      }
      case 'eye':
        drape.position.set(x, min[1] - EYE_DEPTH, z)
        this.root.add(buildEye())
        break
    }
  }

  dispose(): void {
    this.root.traverse((part) => {
      if (part instanceof Mesh) part.geometry.dispose()
    })
    this.lamp.dispose()
  }
}

function roundedRectangle(half: readonly [number, number], radius: number): Shape {
  const [a, b] = half
  const shape = new Shape()
  shape.moveTo(-a + radius, -b)
  shape.lineTo(a - radius, -b).absarc(a - radius, -b + radius, radius, -Math.PI / 2, 0, false)
  shape.lineTo(a, b - radius).absarc(a - radius, b - radius, radius, 0, Math.PI / 2, false)
  shape.lineTo(-a + radius, b).absarc(-a + radius, b - radius, radius, Math.PI / 2, Math.PI, false)
  shape.lineTo(-a, -b + radius).absarc(-a + radius, -b + radius, radius, Math.PI, 1.5 * Math.PI, false)
  return shape
}

function buildTray(half: readonly [number, number]): Group {
  const look = new MeshPhysicalMaterial({ color: '#aab1b5', metalness: 0.72, roughness: 0.36 })
  look.onBeforeCompile = softShadows
  const floor = new Mesh(
    new ExtrudeGeometry(roundedRectangle(half, 0.014), { depth: 0.001, bevelEnabled: false, curveSegments: 16 }),
    look,
  )
  floor.rotation.x = Math.PI / 2
  const wide: [number, number] = [half[0] + RIM, half[1] + RIM]
  const ring = roundedRectangle(wide, 0.014 + RIM)
  ring.holes.push(roundedRectangle([half[0] + 0.001, half[1] + 0.001], 0.015))
  const rim = new Mesh(
    new ExtrudeGeometry(ring, {
      depth: RIM * 0.7,
      bevelEnabled: true,
      bevelThickness: 0.0022,
      bevelSize: 0.0022,
      bevelSegments: 5,
      curveSegments: 20,
    }),
    look,
  )
  rim.rotation.x = -Math.PI / 2
  const tray = new Group()
  tray.add(floor, rim)
  for (const part of [floor, rim]) part.castShadow = part.receiveShadow = true
  return tray
}

/** Waves of cloth: direction, wavelength in m, height in m. */
const FOLDS = [
  [0.9, 0.43, 0.31, 0.0026],
  [-0.94, 0.34, 0.19, 0.0018],
  [0.2, -0.98, 0.083, 0.0005],
  [0.75, -0.66, 0.037, 0.00035],
] as const

/** Sterile cloth that lies flat under the tray and in soft folds around it. */
function buildDrape(half: readonly [number, number]): Mesh {
  const geometry = new PlaneGeometry(1.7, 1.7, 170, 170)
  geometry.rotateX(-Math.PI / 2)
  const position = geometry.getAttribute('position') as BufferAttribute
  const colours = new Float32Array(position.count * 3)
  const colour = new Color()
  for (let i = 0; i < position.count; i++) {
    const [x, z] = [position.getX(i), position.getZ(i)]
    const away = Math.max(Math.abs(x) - half[0], Math.abs(z) - half[1], 0)
    const free = Math.min(1, away / 0.09)
    let height = 0
    for (const [dx, dz, length, tall] of FOLDS)
      height += tall * (Math.sin(((x * dx + z * dz) * 2 * Math.PI) / length) - 1)
    position.setY(i, height * free * free)
    const far = Math.min(1, away / 0.6)
    colour.set('#17605c').multiplyScalar(1 - 0.55 * far)
    colour.toArray(colours, i * 3)
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 3))
  geometry.computeVertexNormals()
  const look = new MeshStandardMaterial({ vertexColors: true, roughness: 0.94 })
  look.onBeforeCompile = softShadows
  const drape = new Mesh(geometry, look)
  drape.receiveShadow = true
  return drape
}

/** The theatre's lamp, near enough for a small field. */
function lampOver(x: number, y: number, z: number): SpotLight {
  const lamp = new SpotLight('#fff4e2', 1.75, 4, 0.3, 0.85, 1.7)
  lamp.position.set(x - 0.32, y + 0.85, z + 0.18)
  lamp.target.position.set(x, y, z)
  lamp.castShadow = true
  lamp.shadow.mapSize.set(2048, 2048)
  lamp.shadow.radius = 3
  lamp.shadow.focus = 0.55
  lamp.shadow.bias = -0.0008
  lamp.shadow.normalBias = 0.0006
  lamp.shadow.camera.near = 0.3
  lamp.shadow.camera.far = 1.6
  return lamp
}

/** Smallest box around the surface of the tissue. */
export function footprintOf({ head, triangles, position }: TissueSnapshot): Footprint {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let corner = 0; corner < head[HEAD.triangles] * 3; corner++)
    for (let i = 0; i < 3; i++) {
      const x = position[triangles[corner] * 3 + i]
      min[i] = Math.min(min[i], x)
      max[i] = Math.max(max[i], x)
    }
  return { min, max }
}
