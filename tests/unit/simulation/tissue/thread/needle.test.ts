import { expect, test } from 'vitest'
import { COUNT } from '../../../../../core/simulation/tissue/memory.ts'
import { grasp, release } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { rodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { addArmedThread, aimNeedle, graspNeedle, NEEDLES } from '../../../../../core/simulation/tissue/thread/needle.ts'
import { cuttingForce, dragForce } from '../../../../../core/simulation/tissue/thread/piercing.ts'
import { pierce, pointsIn, resistance } from '../../../../../core/simulation/tissue/thread/tract.ts'
import { rodWorld, straight, type Vec } from './driver.ts'

type World = ReturnType<typeof rodWorld>
const CENTRE = [0.25, 0.25, 0.25, 0.25]

/** A tetrahedron of `mass` kg a corner (held fast if 0) about a place; its number. */
function tetrahedron({ tissue }: World, at: Vec, mass: number): number {
  const size = 1e-3
  const corners = [
    [1, 1, 1],
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ]
  const tet = tissue.counts[COUNT.tets]!
  tissue.counts[COUNT.tets] = tet + 1
  corners.forEach((corner, i) => {
    const p = tissue.counts[COUNT.particles]!
    tissue.counts[COUNT.particles] = p + 1
    tissue.tetVertex[4 * tet + i] = p
    tissue.position.set([...corner.map((c, k) => at[k]! + c * size), mass > 0 ? 1 / mass : 0], 4 * p)
    tissue.previous.set(tissue.position.subarray(4 * p, 4 * p + 4), 4 * p)
  })
  return tet
}

function centreOf({ tissue }: World, tet: number): number[] {
  return [0, 1, 2].map((k) =>
    [0, 1, 2, 3].reduce((sum, i) => sum + tissue.position[4 * tissue.tetVertex[4 * tet + i]! + k]! / 4, 0),
  )
}

/** A half circle in the x–y plane that leads along +x, and ten centimetres of thread straight behind it. */
const ARMED = {
  needle: NEEDLES['half-26'],
  thread: rodMaterial('polyglactin-2-0'),
  segments: 16,
  at: [0, 0, 0],
  leads: [1, 0, 0],
  inwards: [0, 1, 0],
  trail: straight([0, 0.052 / Math.PI, 0], [0.1, 0.052 / Math.PI, 0], 80).slice(3),
}

test('a needle keeps the shape of its arc while it falls and hangs by its thread', () => {
  const world = rodWorld()
  addArmedThread(world.thread, world.tissue, ARMED)
  grasp(world.thread, world.tissue, 96, 100)
  world.run(1.5)
  const [point, swage] = [world.at(0), world.at(16)]
  const chord = Math.hypot(point[0] - swage[0], point[1] - swage[1], point[2] - swage[2])
  // rigid but for what bending and stretching, solved one after the other, leave of its weight
  expect(Math.abs(chord / ((2 * 0.026) / Math.PI) - 1)).toBeLessThan(0.04)
  expect(world.fastest()).toBeLessThan(0.5)
})

test('driven along its arc the needle pierces, leaves a tract, and the thread follows through it', () => {
  const world = rodWorld([0, 0, 0])
  const rod = addArmedThread(world.thread, world.tissue, ARMED)
  const bend = 0.026 / Math.PI
  // tissue along the circle on which the point will go: the centre of the arc is at (0, bend)
  const path = [10, 20, 30, 40, 50, 60].map((degrees) => (degrees * Math.PI) / 180)
  const tets = path.map((a) => tetrahedron(world, [bend * Math.sin(a), bend * (1 - Math.cos(a)), 0], 0))
  const turn = (angle: number) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    return new Float64Array([c, s, 0, -s, c, 0, 0, 0, 1, 0, bend, 0])
  }
  graspNeedle(world.thread, world.tissue, rod, 10, turn(0), 25)
  world.thread.leader[rod] = 1
  // the hand's own give, 1/kg
  world.work.hand.fill(50, 0, 17)
  let next = 0
  const shear = 1800
  let most = 0
  const drive = (to: number, seconds: number, from: number) =>
    world.run(seconds, (time) => {
      const angle = from + ((to - from) * time) / seconds
      aimNeedle(world.thread, rod, turn(angle))
      most = Math.max(most, resistance(world.tracts, rod))
      if (next < path.length && angle >= path[next]!) {
        const drag = dragForce(ARMED.needle.radius, shear, 1.4e-3)
        pierce(world.tracts, rod, tets[next]!, CENTRE, drag, world.thread.first[rod]!)
        next++
      }
    })
  drive(Math.PI * 1.1, 2, 0)
  expect(pointsIn(world.tracts, rod)).toBe(6)
  expect(most).toBeGreaterThan(0.02)
  expect(most).toBeLessThan(1)
  // the swage has passed the first point: thread lies in the tract, and still does after a pull
  drive(Math.PI * 1.5, 2, Math.PI * 1.1)
  world.run(0.5)
  expect(pointsIn(world.tracts, rod)).toBe(6)
  for (const tet of tets) {
    const at = centreOf(world, tet)
    const points = world.points(rod)
    let least = 1
    for (let i = 0; i + 3 < points.length; i += 3) {
      for (const f of [0, 0.25, 0.5, 0.75]) {
        const d = [0, 1, 2].map((k) => points[i + k]! * (1 - f) + points[i + 3 + k]! * f - at[k]!)
        least = Math.min(least, Math.hypot(...d))
      }
    }
    expect(least).toBeLessThan(1e-3)
  }
  expect(world.passed()).toBe(0)
})

test('a thread drawn through a fixed point slides when the pull exceeds friction, and leaves with its end', () => {
  const world = rodWorld([0, 0, 0])
  const rod = world.add(straight([0, 0, 0], [0.05, 0, 0], 50), rodMaterial('polyglactin-2-0'))
  const tet = tetrahedron(world, [0, 0, 0], 0)
  pierce(world.tracts, rod, tet, CENTRE, 0.1, world.thread.first[rod]!)
  grasp(world.thread, world.tissue, 0, 20)
  world.run(1, (time) => world.aim(0, [-0.03 * time, 0, 0]))
  expect(pointsIn(world.tracts, rod)).toBe(1)
  expect(world.tracts.place[0]).toBeGreaterThan(28)
  expect(world.tracts.place[0]).toBeLessThan(32)
  world.run(1, (time) => world.aim(0, [-0.03 - 0.03 * time, 0, 0]))
  expect(pointsIn(world.tracts, rod)).toBe(0)
})

test('drawing the thread brings two sewn edges together, with equal and opposite impulses', () => {
  const world = rodWorld([0, 0, 0])
  // the thread enters the left edge, crosses the gap and is held behind the left edge's entry
  const rod = world.add(straight([-0.03, 0, 0], [0.03, 0, 0], 60), rodMaterial('polyglactin-2-0'))
  const left = tetrahedron(world, [-0.01, 0, 0], 2e-5)
  const right = tetrahedron(world, [0.01, 0, 0], 2e-5)
  for (const [tet, place] of [
    [left, 20],
    [right, 40],
  ] as const) {
    pierce(world.tracts, rod, tet, CENTRE, 50, place)
  }
  const gap = () => centreOf(world, right)[0]! - centreOf(world, left)[0]!
  const before = gap()
  grasp(world.thread, world.tissue, 0, 20)
  grasp(world.thread, world.tissue, 60, 20)
  // friction here is so great that the edges go with the thread
  world.run(1, (time) => {
    world.aim(0, [-0.03 + 0.008 * time, 0, 0])
    world.aim(60, [0.03 - 0.008 * time, 0, 0])
  })
  release(world.thread, world.tissue, 60)
  expect(gap()).toBeLessThan(before)
  expect(Math.abs(centreOf(world, right)[0]! + centreOf(world, left)[0]!)).toBeLessThan(2e-3)
})

test('resistance grows with the needle and with the stiffness of the tissue', () => {
  expect(cuttingForce(0.635e-3, 1800)).toBeCloseTo(0.94, 3)
  expect(cuttingForce(0.35e-3, 1e6)).toBeGreaterThan(cuttingForce(0.35e-3, 1800))
  expect(dragForce(0.635e-3, 1800, 0.02)).toBeCloseTo(0.36, 2)
})
