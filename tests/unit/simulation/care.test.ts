import { expect, test } from 'vitest'
import { ALARM_CHANNELS, createSnapshotBuffer, HEADER, WAVE_LENGTH, WAVES } from '../../../core/simulation/snapshot.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { kernel } from '../kernel.ts'
import { fixturePatient, HEALTHY, input, REST, SLIM } from './fixture.ts'

const world = (start = HEALTHY) => createWorld(fixturePatient(SLIM), start, 4, kernel)
type World = ReturnType<typeof world>

function pass(w: World, seconds: number): void {
  for (let i = 0; i < seconds * 100; i++) w.step(input(REST))
}
const act = (w: World, verb: string, object: string, value?: number) => w.step(input(REST, { verb, object, value }))

test('a drug, a ventilator and an illness reach what a case may read', () => {
  const w = world()
  act(w, 'give', 'propofol', 140)
  act(w, 'give', 'rocuronium', 60)
  act(w, 'ventilator', 'on')
  act(w, 'illness', 'pneumoperitoneum', 100)
  pass(w, 90)
  expect(w.observe('drug.hypnosis')).toBeGreaterThan(0.9)
  expect(w.observe('drug.paralysis')).toBeGreaterThan(0.9)
  expect(w.observe('ventilator.on')).toBe(1)
  expect(w.observe('vitals.airwayPeakCmH2O')).toBeGreaterThan(20)
  expect(w.observe('belly.pressureMmHg')).toBeGreaterThan(10)
  expect(w.observe('gas.inspired')).toBeCloseTo(0.7, 5)
  const shown = createSnapshotBuffer()
  w.draw(shown)
  const airway = shown.waves.subarray(WAVES.indexOf('airway') * WAVE_LENGTH)
  expect(Math.max(...airway)).toBeGreaterThan(20)
})

test('a dose out of range and a dial beyond its range are refused; an order of the case alone is not', () => {
  const w = world()
  act(w, 'give', 'propofol', -1)
  expect(w.events).toContainEqual({ type: 'refused', verb: 'give', object: 'propofol', reason: 'out-of-range' })
  act(w, 'ventilator', 'peep', 400)
  expect(w.events.some(({ type }) => type === 'refused')).toBe(true)
  act(w, 'order', 'chest-film')
  expect(w.events).toEqual([])
})

test('saved under way and restored, the body goes on to the same bits', () => {
  const busy = () => {
    const w = world({ ...HEALTHY, illness: [{ kind: 'haemorrhage', percent: 60 }] })
    act(w, 'give', 'fentanyl', 150)
    act(w, 'infuse', 'noradrenaline', 5)
    pass(w, 20)
    return w
  }
  const straight = busy()
  const saved = straight.save()
  pass(straight, 20)
  const other = world()
  other.restore(saved)
  pass(other, 20)
  expect(other.hash()).toBe(straight.hash())
  expect(straight.observe('blood.lostMl')).toBeGreaterThan(20)
})

test('a tight chest under the ventilator raises the alarm of the airway', () => {
  const w = world()
  act(w, 'ventilator', 'on')
  act(w, 'illness', 'anaphylaxis', 90)
  pass(w, 120)
  const shown = createSnapshotBuffer()
  w.draw(shown)
  const level = (channel: (typeof ALARM_CHANNELS)[number]) =>
    (shown.header[HEADER.alarms] >> (2 * ALARM_CHANNELS.indexOf(channel))) & 3
  expect(level('airway')).toBe(3)
  expect(level('arrest')).toBe(0)
})
