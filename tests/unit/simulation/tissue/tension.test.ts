import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { wasm } from './fixtures.ts'

/** Skin on fat on muscle, 40 × 20 × 36 mm, that a scalpel cuts along its middle. */
const skinned = (tension: 'none' | 'natural') =>
  sceneSchema.parse({
    name: 'skin',
    technique: 'cut',
    tension,
    tissue: [
      {
        shape: 'box',
        cubes: [10, 5, 9],
        edgeMm: 4,
        atMm: [-20, 0, -18],
        material: 'muscle',
        layer: [
          { aboveMm: 12, material: 'fat' },
          { aboveMm: 16, material: 'skin' },
        ],
        held: ['below', 'left', 'right', 'back', 'front'],
      },
    ],
    tools: [
      {
        instrument: 'scalpel',
        moves: [
          { atS: 0, tipMm: [-12, 40, 0.5], towardsMm: [28, 188, 8] },
          { atS: 0.4, tipMm: [-12, 10, 0.5], towardsMm: [28, 158, 8] },
          { atS: 1.4, tipMm: [10, 10, -0.5], towardsMm: [50, 158, 7] },
          { atS: 1.8, tipMm: [40, 80, 0], towardsMm: [80, 228, 8] },
        ],
      },
    ],
    seconds: 3,
  })

function play(running: RunningScene, ticks: number): string[] {
  const names: string[] = []
  const { events } = running.field
  for (let tick = 0; tick < ticks; tick++) {
    playTick(running)
    for (let i = 0; i < events.count; i++) names.push(EVENTS[events.code[i]!]!)
  }
  return names
}

/** mm between the lips of the cut in its middle. */
function gapOf({ field }: RunningScene): number {
  const { position, rest, counts } = field.tissue.memory
  const { vertexCut } = field.mesh
  let [least, most] = [1, -1]
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]!; p++) {
    if (vertexCut[p] === 0 || rest[p * 4 + 1]! < 0.0195 || Math.abs(rest[p * 4]!) > 0.004) continue
    least = Math.min(least, position[p * 4 + 2]!)
    most = Math.max(most, position[p * 4 + 2]!)
  }
  return (most - least) * 1000
}

test('skin under tension is still until it is cut; then it gapes by millimetres, cleanly, and rests', () => {
  const running = openScene(skinned('natural'), wasm)
  const { position, rest, velocity, counts } = running.field.tissue.memory
  play(running, 20)
  for (let i = FIRST_PARTICLE * 4; i < counts[COUNT.particles]! * 4; i++)
    if ((i & 3) < 3) expect(Math.abs(position[i]! - rest[i]!)).toBeLessThan(2e-5)
  const seen = play(running, 280)
  expect(seen).toContain('cut')
  expect(seen).not.toContain('torn')
  expect(gapOf(running)).toBeGreaterThan(3)
  expect(gapOf(running)).toBeLessThan(10)
  let moving = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]!; p++)
    if (Math.hypot(velocity[p * 4]!, velocity[p * 4 + 1]!, velocity[p * 4 + 2]!) > 0.05) moving++
  expect(moving / counts[COUNT.particles]!).toBeLessThan(0.003)
})

test('at ease the same cut stays closed', () => {
  const running = openScene(skinned('none'), wasm)
  play(running, 300)
  expect(gapOf(running)).toBeLessThan(1)
})
