import { describe, expect, test } from 'vitest'
import { openScene, playTick } from '../../../../core/simulation/scene/scene.ts'
import { hashField, restoreField, saveField, stepField } from '../../../../core/simulation/tissue/field.ts'
import { toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { restVolume, volumeNow } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, FIRST_PARTICLE, NONE } from '../../../../core/simulation/tissue/memory.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene, sceneNames } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

const scenes = sceneNames(sourceRoot).map((name) => readScene(sourceRoot, name))

describe.each(scenes)('scene $name', (scene) => {
  test('plays the same twice, and from a saved state', () => {
    const one = openScene(scene, wasm)
    const ticks = scene.seconds * 100
    let saved = saveField(one.field)
    for (let tick = 0; tick < ticks; tick++) {
      if (tick === ticks >> 1) saved = saveField(one.field)
      playTick(one)
    }
    const other = openScene(scene, wasm)
    restoreField(other.field, saved)
    for (let tick = ticks >> 1; tick < ticks; tick++) playTick(other)
    expect(hashField(other.field)).toBe(hashField(one.field))
  }, 300_000)

  test('bears ten seconds of violence, and rests within two after it', () => {
    const { field } = openScene(scene, wasm)
    const { memory } = field.tissue
    for (let tick = 0; tick < 200; tick++) stepField(field)
    const calm = fillOf(field)
    let seed = 7
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32 - 0.5
    }
    let fastest = 0
    for (let tick = 0; tick < 1000; tick++) {
      scene.tools.forEach((_, t) => {
        const tool = toolOf(field, t)
        // Yanked about at up to 2 m/s, and put elsewhere at once every half second; jaws snap.
        const leap = tick % 50 === 0 ? 0.12 : 0.04
        const tip = [random() * leap, 0.01 + random() * leap, random() * leap]
        moveHand(tool, tip, [tip[0] + random() * 0.2, tip[1] + 0.25, tip[2] + random() * 0.2])
        if (tick % 15 === 0) tool[TOOL.jaw] = random() > 0 ? 1 : 0
      })
      stepField(field)
      fastest = Math.max(fastest, speedOf(memory))
    }
    expect(fastest).toBeLessThan(20)
    scene.tools.forEach((_, t) => {
      toolOf(field, t)[TOOL.jaw] = 1
      moveHand(toolOf(field, t), [0, 0.4, 0], [0, 0.7, 0])
    })
    for (let tick = 0; tick < 200; tick++) stepField(field)
    const after = fillOf(field)
    expect(after.least).toBeGreaterThan(0)
    expect(Math.abs(after.share / calm.share - 1)).toBeLessThan(0.01)
  }, 300_000)
})

/** Volume of what is there against its volume at rest, but for what clips squeeze; and the least of all tetrahedra, m³. */
function fillOf({ tissue: { memory }, bound }: ReturnType<typeof openScene>['field']) {
  let now = 0
  let rest = 0
  let least = Infinity
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) {
    const four = memory.tetVertex.subarray(t * 4, t * 4 + 4)
    if (four[0] === NONE) continue
    least = Math.min(least, volumeNow(memory, t))
    if (four.some((p) => bound[p] !== 0)) continue
    now += volumeNow(memory, t)
    rest += restVolume(memory, t)
  }
  return { share: now / rest, least }
}

function speedOf({ velocity, counts }: Parameters<typeof volumeNow>[0]): number {
  let most = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    const speed = Math.sqrt(velocity[p * 4] ** 2 + velocity[p * 4 + 1] ** 2 + velocity[p * 4 + 2] ** 2)
    if (speed > most) most = speed
  }
  return most
}
