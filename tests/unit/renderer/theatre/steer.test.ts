import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grips } from '../../../../renderer/views/theatre/control/grips.ts'
import { type Intent, steer, takeUp, tipDepthMm } from '../../../../renderer/views/theatre/control/steer.ts'

const still: Intent = {
  aim: null,
  moveU: 0,
  moveV: 0,
  depth: 0,
  depthStepMm: 0,
  leanU: 0,
  leanV: 0,
  leanStepU: 0,
  leanStepV: 0,
  roll: 0,
  use: 0,
  pace: 'normal',
}
const run = (seconds: number, intent: Intent, from = takeUp(grips.scalpel, 80, 100), grip = grips.scalpel) => {
  let state = from
  for (let t = 0; t < seconds; t += 1 / 60) state = steer(state, intent, grip, 1 / 60)
  return state
}

describe('guided steering', () => {
  test('the tip comes to the pointer and rests there above the skin', () => {
    const state = run(1.5, { ...still, aim: { uMm: 40, vMm: 150 } })
    expect(state.uMm).toBeCloseTo(40, 0)
    expect(state.vMm).toBeCloseTo(150, 0)
    expect(tipDepthMm(state)).toBe(-grips.scalpel.hoverMm)
  })

  test('no pointer, however wild, moves the tip faster than a quick hand', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            uMm: fc.double({ min: -500, max: 700, noNaN: true }),
            vMm: fc.double({ min: -500, max: 700, noNaN: true }),
          }),
          { maxLength: 40 },
        ),
        (aims) => {
          let state = takeUp(grips.scalpel, 80, 100)
          for (const aim of aims) {
            const next = steer(state, { ...still, aim }, grips.scalpel, 1 / 60)
            const speed = Math.hypot(next.uMm - state.uMm, next.vMm - state.vMm) * 60
            expect(speed).toBeLessThan(421)
            state = next
          }
        },
      ),
    )
  })

  test('use lowers the blade to its working depth and lets it rise again', () => {
    const down = run(0.4, { ...still, use: 1 })
    expect(tipDepthMm(down)).toBeCloseTo(grips.scalpel.use.kind === 'press' ? grips.scalpel.use.depthMm : 0, 1)
    expect(tipDepthMm(run(0.4, still, down))).toBe(-grips.scalpel.hoverMm)
  })

  test('inside the body the entry holds and the pointer swings the handle', () => {
    const grip = grips.finger
    const inside = { ...takeUp(grips.forceps, 80, 100), depthMm: 30 }
    const state = run(1, { ...still, aim: { uMm: 120, vMm: 100 } }, inside, grips.forceps)
    expect(state.uMm).toBe(80)
    expect(state.leanU).toBeGreaterThan(grips.forceps.leanU + 10)
    expect(grip.deepestMm).toBeGreaterThan(0)
  })

  test('fine is slower, and depth never passes the length of the tool', () => {
    const coarse = run(0.5, { ...still, depth: 1 }, takeUp(grips.drain, 80, 100), grips.drain)
    const fine = run(0.5, { ...still, depth: 1, pace: 'fine' }, takeUp(grips.drain, 80, 100), grips.drain)
    expect(fine.depthMm - -grips.drain.hoverMm).toBeLessThan((coarse.depthMm - -grips.drain.hoverMm) / 3)
    const deep = run(30, { ...still, depth: 1 }, takeUp(grips.drain, 80, 100), grips.drain)
    expect(deep.depthMm).toBe(grips.drain.deepestMm)
  })

  test('a stitch: the jaws have opened at the skin and close before the tip lifts', () => {
    const grip = grips['needle-driver']
    let state = run(1, { ...still, use: 1 }, takeUp(grip, 80, 100), grip)
    expect(state.jaw).toBe(1)
    while (state.jaw >= 0.5) state = steer(state, still, grip, 1 / 60)
    expect(tipDepthMm(state)).toBeGreaterThan(3)
  })
})
