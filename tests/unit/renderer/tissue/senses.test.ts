import { describe, expect, test } from 'vitest'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { placeTool, TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import type { StripName } from '../../../../renderer/sound/desk.ts'
import { type Steady, silence } from '../../../../renderer/sound/steady.ts'
import type { Cue } from '../../../../renderer/sound/strikes.ts'
import { FieldSound } from '../../../../renderer/views/tissue/run/fieldsound.ts'
import { FieldTouch } from '../../../../renderer/views/tissue/run/fieldtouch.ts'
import { HEAD, snapshotBytes, snapshotIn } from '../../../../renderer/views/tissue/run/snapshot.ts'

const size = { particles: 4, triangles: 4, threadPoints: 0, drops: 16, puffs: 4 }

/** A field with one instrument in it, and the row of that. */
function fieldWith(instrument: string) {
  const snapshot = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  for (let t = 0; t < 4; t++) snapshot.tools[t * TOOL_SLOTS + TOOL.kind] = -1
  const row = snapshot.tools.subarray(0, TOOL_SLOTS)
  placeTool(row, instrumentNumber(instrument), [0, 0, 0], [0, 0.3, 0])
  return { snapshot, row }
}

/** What is heard, as it stands. */
function listener() {
  const strips = new Map<StripName, Steady>()
  const cues: Cue[] = []
  const beats: number[] = []
  return {
    strips,
    cues,
    beats,
    beat: (spo2: number) => void beats.push(spo2),
    cue: (cue: Cue) => void cues.push(cue),
    steady: (name: StripName, to: Steady) => void strips.set(name, Object.assign(silence(), to)),
    loud: (name: StripName) => {
      const strip = strips.get(name)
      return strip ? strip.toneGain + strip.hissGain + strip.crackleGain : 0
    },
  }
}

describe('a field is heard', () => {
  test('a hook hums while its pedal is down and sizzles where it touches; a field that stands is silent', () => {
    const { snapshot, row } = fieldWith('hook')
    const heard = listener()
    const sound = new FieldSound(heard)
    const at = (tick: number) => {
      snapshot.head[HEAD.tick] = tick
      sound.step(snapshot, tick * 10)
    }
    at(1)
    expect(heard.loud('energy')).toBe(0)
    row[TOOL.pedal] = 1
    at(2)
    const inAir = heard.strips.get('energy')!
    expect(inAir.toneGain).toBeGreaterThan(0)
    expect(inAir.hissGain).toBe(0)
    row[TOOL.touched] = 3
    row[TOOL.forceY] = 1
    at(3)
    expect(heard.strips.get('energy')!.hissGain).toBeGreaterThan(0.1)
    sound.step(snapshot, 3 * 10 + 400)
    expect(heard.loud('energy')).toBe(0)
  })

  test('a sucker rushes in the air and gurgles in a pool; fully down it rinses', () => {
    const { snapshot, row } = fieldWith('suction-irrigator')
    const heard = listener()
    const sound = new FieldSound(heard)
    snapshot.head[HEAD.tick] = 1
    row[TOOL.pedal] = 0.5
    sound.step(snapshot, 10)
    const dry = heard.strips.get('suction')!
    snapshot.head[HEAD.drops] = 8
    for (let d = 0; d < 8; d++) snapshot.drop.set([0.002, 0, 0, 0.002], d * 4)
    snapshot.head[HEAD.tick] = 2
    sound.step(snapshot, 20)
    const wet = heard.strips.get('suction')!
    expect(wet.hissHz).toBeLessThan(dry.hissHz)
    expect(wet.crackleGain).toBeGreaterThan(dry.crackleGain)
    row[TOOL.pedal] = 1
    snapshot.head[HEAD.tick] = 3
    sound.step(snapshot, 30)
    expect(heard.loud('suction')).toBe(0)
    expect(heard.loud('irrigation')).toBeGreaterThan(0)
  })

  test('a clip clicks once as its jaws shut, and a seal that is done is told once', () => {
    const { snapshot, row } = fieldWith('clip-applier')
    const heard = listener()
    const sound = new FieldSound(heard)
    for (const [tick, jaw] of [1, 0.5, 0.02, 0, 0].entries()) {
      snapshot.head[HEAD.tick] = tick
      row[TOOL.jaw] = jaw
      sound.step(snapshot, tick * 10)
    }
    expect(heard.cues).toEqual(['clip'])
    snapshot.tally[EVENTS.indexOf('sealed')] = 1
    for (const tick of [5, 6]) {
      snapshot.head[HEAD.tick] = tick
      sound.step(snapshot, tick * 10)
    }
    expect(heard.cues).toEqual(['clip', 'sealed'])
  })

  test('each beat of a patient sounds once, as their saturation has it; without a patient none does', () => {
    const { snapshot } = fieldWith('probe')
    const heard = listener()
    const sound = new FieldSound(heard)
    const play = (rate: number) => {
      snapshot.head[HEAD.heartRate] = rate
      for (const [tick, since] of [0.5, 0.7, 0.02, 0.3, 0.79, 0.01].entries()) {
        snapshot.head[HEAD.tick]++
        snapshot.head[HEAD.sinceBeatS] = since
        snapshot.head[HEAD.saturation] = tick < 3 ? 0.98 : 0.91
        sound.step(snapshot, snapshot.head[HEAD.tick] * 10)
      }
    }
    play(75)
    expect(heard.beats.map(Math.round)).toEqual([98, 91])
    play(0)
    expect(heard.beats).toHaveLength(2)
  })
})

describe('a field is felt', () => {
  test('touching gives one faint pulse, a steady force none, a give one; off is off', () => {
    const { snapshot, row } = fieldWith('grasper-fenestrated')
    const felt = (strength: 'off' | 'medium') => {
      const touch = new FieldTouch()
      const pulses: number[] = []
      for (const [i, force] of [0, 0, 2, 2, 2, 2, 0.2, 0.2].entries()) {
        row[TOOL.forceY] = force
        row[TOOL.touched] = force > 0 ? 1 : 0
        const { amplitude } = touch.read(snapshot, 0, i * 100, strength)
        if (amplitude > 0) pulses.push(i)
      }
      return pulses
    }
    expect(felt('medium')).toEqual([2, 6])
    expect(felt('off')).toEqual([])
  })

  test('what a grasp pulls is felt though the shaft touches nothing', () => {
    const { snapshot, row } = fieldWith('grasper-toothed')
    const touch = new FieldTouch()
    touch.read(snapshot, 0, 0, 'high')
    row[TOOL.held] = 4
    row[TOOL.grip] = 6
    expect(touch.read(snapshot, 0, 100, 'high').amplitude).toBeGreaterThan(0.2)
  })

  test('sliding ticks, over bone more than over muscle', () => {
    const { snapshot, row } = fieldWith('probe')
    row[TOOL.touched] = 1
    row[TOOL.forceY] = 1
    const strongest = (tissue: string) => {
      const touch = new FieldTouch()
      let most = 0
      for (let i = 0; i < 40; i++) {
        row[TOOL.ax] = i * 0.001
        row[TOOL.layer] = materialNumber(tissue) + 1
        const { amplitude } = touch.read(snapshot, 0, i * 50, 'high')
        if (i > 10) most = Math.max(most, amplitude)
      }
      return most
    }
    expect(strongest('muscle')).toBeGreaterThan(0)
    expect(strongest('bone')).toBeGreaterThan(1.5 * strongest('muscle'))
  })
})
