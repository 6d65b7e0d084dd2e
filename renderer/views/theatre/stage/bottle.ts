import {
  BufferAttribute,
  BufferGeometry,
  Color,
  CylinderGeometry,
  DoubleSide,
  Group,
  Mesh,
  MeshPhysicalMaterial,
  Points,
  PointsMaterial,
} from 'three'
import { mergeAlike } from '../instruments/merge.ts'
import { clearPlastic, plastic } from '../instruments/surfaces.ts'

const HEIGHT = 0.3
const RADIUS = 0.062
const WATER = 0.07
const BUBBLES = 26

export type SealState = { swingMm: number; bubbling: number; fogging: number; connected: 'yes' | 'no' }

/** Underwater seal bottle; its foot at the origin, its tube's mouth on top. Metres. */
export type BottleModel = {
  group: Group
  update: (state: SealState, seconds: number) => void
}

/** Clear bottle, water to 2 cm over the tube's end, rising bubbles. */
export function buildBottle(): BottleModel {
  const group = new Group()
  const wall = new Mesh(new CylinderGeometry(RADIUS, RADIUS, HEIGHT, 40, 1, true), clearPlastic('#dcecef', 0.22))
  wall.position.y = HEIGHT / 2
  const base = new Mesh(new CylinderGeometry(RADIUS, RADIUS * 1.02, 0.008, 40), clearPlastic('#cfe2e6', 0.55))
  const cap = new Mesh(new CylinderGeometry(RADIUS * 1.05, RADIUS * 1.05, 0.022, 40), plastic('#2b6fb0'))
  cap.position.y = HEIGHT + 0.011
  const water = new Mesh(
    new CylinderGeometry(RADIUS * 0.97, RADIUS * 0.97, WATER, 40),
    new MeshPhysicalMaterial({
      color: new Color('#8fc7e6'),
      transparent: true,
      opacity: 0.62,
      roughness: 0.05,
      clearcoat: 1,
      side: DoubleSide,
      depthWrite: false,
    }),
  )
  water.position.y = WATER / 2 + 0.004
  const tube = new Mesh(new CylinderGeometry(0.006, 0.006, HEIGHT, 20, 1, true), clearPlastic('#e3eef0', 0.5))
  tube.position.y = HEIGHT / 2 + WATER - 0.02
  const column = new Mesh(
    new CylinderGeometry(0.005, 0.005, 1, 16),
    new MeshPhysicalMaterial({ color: new Color('#57a9d6'), transparent: true, opacity: 0.85, roughness: 0.1 }),
  )
  // From the inside out, so that tube and bubbles are seen through water and wall.
  column.renderOrder = 1
  tube.renderOrder = 2
  water.renderOrder = 4
  wall.renderOrder = 5
  group.add(wall, base, cap, water, tube, column, scale())
  const bubbles = bubbleCloud()
  group.add(bubbles.points)
  return {
    group,
    update(state, seconds) {
      const inTube = Math.max(0.004, 0.02 + state.swingMm / 1000)
      column.visible = state.connected === 'yes'
      column.scale.y = inTube
      column.position.y = WATER - 0.02 + inTube / 2
      bubbles.update(state.connected === 'yes' ? state.bubbling : 0, seconds)
    },
  }
}

/** Graduation every 100 mL. */
function scale(): Group {
  const group = new Group()
  const ink = plastic('#24465c')
  for (let i = 1; i < 12; i++) {
    const mark = new Mesh(
      new CylinderGeometry(RADIUS * 1.004, RADIUS * 1.004, 0.0012, 16, 1, true, -0.35, 0.24 + (i % 2) * 0.16),
      ink,
    )
    mark.position.y = i * 0.022
    group.add(mark)
  }
  return mergeAlike(group)
}

function bubbleCloud(): { points: Points; update: (rate: number, seconds: number) => void } {
  const positions = new Float32Array(BUBBLES * 3).fill(-9)
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  const points = new Points(
    geometry,
    new PointsMaterial({
      color: new Color('#f4fbff'),
      size: 0.007,
      transparent: true,
      opacity: 0.9,
      depthWrite: false,
    }),
  )
  points.frustumCulled = false
  points.renderOrder = 3
  return {
    points,
    update(rate, seconds) {
      const share = Math.max(0, Math.min(1, rate))
      points.visible = share > 0.02
      for (let i = 0; i < BUBBLES; i++) {
        const live = i < share * BUBBLES
        const phase = (seconds * (0.9 + (i % 5) * 0.12) + i * 0.37) % 1
        const wobble = Math.sin(seconds * 9 + i * 2.4) * 0.006
        positions[i * 3] = live ? 0.008 * Math.sin(i * 7.3) + wobble * phase : -9
        positions[i * 3 + 1] = live ? WATER - 0.02 + phase * 0.024 : -9
        positions[i * 3 + 2] = live ? 0.008 * Math.cos(i * 4.1) : -9
      }
      geometry.getAttribute('position').needsUpdate = true
    },
  }
}
