import { describe, expect, test } from 'vitest'
import { openScene, playTick } from '../../../../core/simulation/scene/scene.ts'
import { hashField, restoreField, saveField } from '../../../../core/simulation/tissue/field.ts'
import { fullnessOf, letRest, offAsWhole } from '../../../../electron/bench/tissue/afterwards.ts'
import { FASTEST_M_S, violentHand } from '../../../../electron/bench/tissue/violence.ts'
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

  // Fields of organs take thirty times as long: two seconds here. `bench soak` does more, and looks at each piece alone.
  const seconds = scene.tissue.some(({ shape }) => shape === 'organs') ? 2 : 10

  test(`bears ${seconds} seconds of violence, and rests within two after it`, () => {
    const running = openScene(scene, wasm)
    letRest(running)
    const act = violentHand(running, 7)
    let fastest = 0
    for (let tick = 0; tick < seconds * 100; tick++) fastest = Math.max(fastest, act())
    expect(fastest).toBeLessThan(FASTEST_M_S)
    letRest(running)
    const rested = fullnessOf(running.field)
    expect(rested.inverted).toBe(0)
    expect(offAsWhole(rested)).toBeLessThan(0.01)
  }, 300_000)
})
