import { PerspectiveCamera } from 'three'
import { expect, test } from 'vitest'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { placeTool, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import type { DeviceReading } from '../../../../renderer/views/theatre/control/devices.ts'
import { ToolHand } from '../../../../renderer/views/tissue/control/toolhand.ts'

const NOTHING: DeviceReading = {
  pointer: null,
  dragX: 0,
  dragY: 0,
  wheel: 0,
  orbitX: 0,
  orbitY: 0,
  zoom: 0,
  turning: 'no',
  right: 0,
  up: 0,
  leanRight: 0,
  leanUp: 0,
  depth: 0,
  roll: 0,
  use: 0,
  aspirate: 'free',
  brace: 'free',
  pace: 'normal',
}

/** The pedal that the buttons give an instrument. */
function pedal(name: string, buttons: Partial<DeviceReading>): number {
  const row = new Float64Array(TOOL_SLOTS)
  placeTool(row, instrumentNumber(name), [0, 0, 0], [0, 0.3, 0])
  const hand = new ToolHand()
  hand.take(row)
  return hand.step({ ...NOTHING, ...buttons }, new PerspectiveCamera(), 0.02).pedal
}

const LEFT: Partial<DeviceReading> = { use: 1 }
const RIGHT: Partial<DeviceReading> = { turning: 'lean' }

test('a syringe injects with the left button and draws with the right, a sucker sucks and rinses', () => {
  // Above a half the simulation injects or rinses, below it draws or sucks.
  expect(pedal('syringe', LEFT)).toBeGreaterThan(0.5)
  expect(pedal('syringe', RIGHT)).toBeGreaterThan(0)
  expect(pedal('syringe', RIGHT)).toBeLessThanOrEqual(0.5)
  expect(pedal('syringe', {})).toBe(0)
  expect(pedal('suction-irrigator', LEFT)).toBe(0.5)
  expect(pedal('suction-irrigator', RIGHT)).toBe(1)
  expect(pedal('hook', LEFT)).toBe(1)
  expect(pedal('bipolar', LEFT)).toBe(0)
  expect(pedal('bipolar', RIGHT)).toBe(1)
})
