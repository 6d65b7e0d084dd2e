/** Two hands tie a thread about a post: kinematic ends along scripted paths, as with two needle drivers. */
import { grasp, release } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import { recogniseKnot } from '../../../../../core/simulation/tissue/thread/knot/recognise.ts'
import { loosenKnot, setKnot } from '../../../../../core/simulation/tissue/thread/knot/security.ts'
import type { RodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import { rodWorld, type Vec } from './driver.ts'

const SEGMENTS = 212
const POST = 4e-3
const LEG = 0.1

/** A thread laid about a post along z, both ends up, held by hands that bear `limit` newtons. */
export function threadAboutPost(material: RodMaterial, limit: number) {
  const world = rodWorld([0, 0, 0])
  const radius = POST + material.radius
  const arc = Math.PI * radius
  const points: number[] = []
  for (let i = 0; i <= SEGMENTS; i++) {
    const s = ((arc + 2 * LEG) * i) / SEGMENTS
    const angle = Math.PI + (s - LEG) / radius
    if (s < LEG) points.push(-radius, LEG - s, 0)
    else if (s < LEG + arc) points.push(radius * Math.cos(angle), radius * Math.sin(angle), 0)
    else points.push(radius, s - LEG - arc, 0)
  }
  world.add(points, material)
  const places = new Map<number, Vec>()
  const hold = (slot: number) => {
    grasp(world.thread, world.tissue, slot, limit)
    places.set(slot, world.at(slot))
  }
  const drop = (slot: number) => {
    release(world.thread, world.tissue, slot)
    places.delete(slot)
  }
  /** Moves held vertices smoothly to places in millimetres within so many seconds. */
  const go = (moves: readonly (readonly [slot: number, x: number, y: number, z: number])[], seconds: number) => {
    const from = new Map(places)
    world.run(seconds, (time) => {
      const f = time / seconds
      const s = f * f * (3 - 2 * f)
      for (const [slot, ...to] of moves) {
        const a = from.get(slot)!
        world.aim(slot, [0, 1, 2].map((k) => a[k]! + (to[k]! * 1e-3 - a[k]!) * s) as never as Vec)
      }
    })
    for (const [slot, x, y, z] of moves) places.set(slot, [x * 1e-3, y * 1e-3, z * 1e-3])
  }
  /** Half the width by which the post is spread, m. */
  const spread = (half: number) => {
    world.proxy(0, [-0.5e-3 - half, 0, -0.05], [-0.5e-3 - half, 0, 0.05], POST - 0.5e-3, 0.01)
    world.proxy(1, [0.5e-3 + half, 0, -0.05], [0.5e-3 + half, 0, 0.05], POST - 0.5e-3, 0.01)
  }
  let left = 0
  let right = SEGMENTS
  /** One throw: the left strand is led about the right one, over it (`over` 1) or under it (−1), and drawn tight. */
  const tie = (over: 1 | -1) => {
    // the strands leave the post, or the knot that is tied already, at these vertices
    const { throws } = recogniseKnot(world.points(0))
    const from = Math.round(Math.min(SEGMENTS / 2 - 7, ...throws.map((one) => one.from)))
    const to = Math.round(Math.max(SEGMENTS / 2 + 7, ...throws.map((one) => one.to)))
    const y = throws.length === 0 ? 4 : Math.max(4, 500 * (world.at(from)[1] + world.at(to)[1]))
    const finger = left === 0 ? from - 23 : to + 23
    const free = right === 0 ? from : SEGMENTS - to
    go(
      [
        [left, -60, y + 30, 0],
        [right, 60, y + 30, 0],
      ],
      0.5,
    )
    hold(finger)
    go(
      [
        [finger, -24, y + 6, 0],
        [left, -15, y + 30, over * 12],
        [right, -12, y + 0.9 * free, 0],
      ],
      0.6,
    )
    go([[left, 38, y + 36, over * 12]], 0.6)
    // a second finger keeps the strand across the other while the end goes round
    const hook = finger + (left === 0 ? -32 : 32)
    hold(hook)
    go([[hook, 5, y + 20, over * 12]], 0.3)
    go([[left, 38, y + 36, -over * 12]], 0.3)
    go([[left, -8, y + 8, -over * 12]], 0.6)
    go([[left, -8, y + 8, over * 12]], 0.3)
    go([[left, 55, y + 20, over * 12]], 0.6)
    drop(hook)
    drop(finger)
    go(
      [
        [left, 95, y + 1, 0],
        [right, -95, y + 1, 0],
      ],
      1.2,
    )
    world.run(0.8)
    const last = left
    left = right
    right = last
  }
  spread(0)
  hold(0)
  hold(SEGMENTS)
  /** Calls back after each substep. */
  const watch = (after: () => void) => {
    world.after = after
  }
  return {
    ...world,
    watch,
    tie,
    spread,
    knot: () => recogniseKnot(world.points(0)),
    set: () => setKnot(world.thread, 0),
    /** Whether the knot gave way in this tick. */
    gaveWay: () => loosenKnot(world.thread, 0),
    letGo: () => {
      drop(0)
      drop(SEGMENTS)
    },
    /** Largest tension of a segment, N. */
    tension: () => world.thread.tension.subarray(0, SEGMENTS).reduce((a, b) => Math.max(a, b), 0),
  }
}
