import { expect, test } from 'vitest'
import { TOOLS } from '../../../../core/simulation/contract.ts'
import { OBSERVABLE_INDEX } from '../../../../core/simulation/observables.ts'
import { createSnapshotBuffer, HEADER, TOOL, TOOL_STRIDE, WAVE_LENGTH } from '../../../../core/simulation/snapshot.ts'
import { type Heard, Soundtrack } from '../../../../renderer/views/theatre/run/soundtrack.ts'
import { TouchReader } from '../../../../renderer/views/theatre/run/touch.ts'

function listener() {
  const said: string[] = []
  const heard: Heard = {
    alarm: (level) => said.push(`alarm ${level}`),
    beat: (spo2) => said.push(`beat ${spo2}`),
    cue: (cue) => said.push(cue),
    steady: (name, { hissGain }) => said.push(`${name} ${hissGain > 0 ? 'on' : 'off'}`),
  }
  return { heard, since: () => said.splice(0) }
}

test('a beat is heard at its saturation, the worst alarm sounds, a bubbling seal is heard', () => {
  const snapshot = createSnapshotBuffer()
  const { heard, since } = listener()
  const track = new Soundtrack(heard)
  snapshot.header[HEADER.tick] = 1
  snapshot.header[HEADER.waveHead] = 1
  track.step(snapshot, 0)
  expect(since()).toEqual(['alarm none', 'seal off'])
  snapshot.waves[3] = 1
  snapshot.header[HEADER.tick] = 5
  snapshot.header[HEADER.waveHead] = 5 % WAVE_LENGTH
  snapshot.header[HEADER.alarms] = 3 << 6
  snapshot.observed[OBSERVABLE_INDEX['vitals.spo2']] = 88
  snapshot.observed[OBSERVABLE_INDEX['seal.bubbling']] = 0.5
  track.step(snapshot, 40)
  expect(since()).toEqual(['alarm high', 'beat 88', 'seal on'])
})

test('a case that stands still falls silent', () => {
  const snapshot = createSnapshotBuffer()
  const { heard, since } = listener()
  const track = new Soundtrack(heard)
  snapshot.header[HEADER.alarms] = 3
  snapshot.observed[OBSERVABLE_INDEX['seal.bubbling']] = 1
  track.step(snapshot, 0)
  expect(since()).toEqual(['alarm high', 'seal on'])
  track.step(snapshot, 1000)
  expect(since()).toEqual(['alarm none', 'seal off'])
})

const hold = (snapshot: ReturnType<typeof createSnapshotBuffer>, hand: 0 | 1, slot: number, value: number) => {
  snapshot.tools[hand * TOOL_STRIDE + slot] = value
}

test('the lock of a needle driver is heard and felt in the hand that closes it; changing tools is silent', () => {
  const snapshot = createSnapshotBuffer()
  const { heard, since } = listener()
  const track = new Soundtrack(heard)
  const touch = new TouchReader()
  const cues: string[] = []
  const felt: number[][] = [[], []]
  const look = (ms: number) => {
    snapshot.header[HEADER.tick]++
    track.step(snapshot, ms)
    cues.push(...since().filter((one) => one === 'ratchet'))
    for (const hand of [0, 1] as const) {
      const { amplitude } = touch.read(hand, snapshot, ms, 'high')
      if (amplitude > 0) felt[hand].push(amplitude)
    }
  }
  hold(snapshot, 1, TOOL.jaw, 1)
  look(0)
  hold(snapshot, 1, TOOL.tool, TOOLS.indexOf('needle-driver'))
  hold(snapshot, 1, TOOL.jaw, 0)
  look(10)
  expect(cues).toEqual([])
  hold(snapshot, 1, TOOL.jaw, 1)
  look(20)
  for (let jaw = 1; jaw >= 0; jaw -= 0.05) {
    hold(snapshot, 1, TOOL.jaw, jaw)
    look(100 + (1 - jaw) * 400)
  }
  expect(cues).toEqual(['ratchet', 'ratchet', 'ratchet'])
  expect(felt).toEqual([[], [0.45, 0.45, 0.45]])
})

test('an empty hand feels nothing; one that holds feels the force on its tool', () => {
  const snapshot = createSnapshotBuffer()
  const touch = new TouchReader()
  hold(snapshot, 0, TOOL.force, 5)
  expect(touch.read(0, snapshot, 0, 'high').amplitude).toBe(0)
  hold(snapshot, 0, TOOL.tool, TOOLS.indexOf('scalpel'))
  expect(touch.read(0, snapshot, 10, 'high').amplitude).toBeGreaterThan(0.3)
  expect(touch.read(1, snapshot, 10, 'high').amplitude).toBe(0)
})
