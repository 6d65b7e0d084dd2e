import { PerspectiveCamera, Vector3 } from 'three'
import { describe, expect, test } from 'vitest'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { placeTool, TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { ScopeEye, scopeIn } from '../../../../renderer/views/tissue/control/scopeeye.ts'

const footprint = { min: [-0.03, 0, -0.02], max: [0.03, 0.02, 0.02] } as const
const none = () => {
  const tools = new Float64Array(4 * TOOL_SLOTS)
  for (let t = 0; t < 4; t++) tools[t * TOOL_SLOTS + TOOL.kind] = -1
  return tools
}
const looked = (optic: 0 | 30, turn = 0, roll = 0) => {
  const camera = new PerspectiveCamera()
  new ScopeEye(footprint).step(camera, none(), { kind: 'scope', optic, turn, roll })
  return { camera, forward: camera.getWorldDirection(new Vector3()) }
}
const onPicture = ({ camera }: { camera: PerspectiveCamera }, x: number, y: number, z: number) =>
  new Vector3(x, y, z).project(camera)
const home = [0, 0.015, 0] as const

describe('the page’s own scope', () => {
  test.each([0, 30] as const)('looks at the tissue with optic %s, the horizon level', (optic) => {
    const eye = looked(optic)
    const middle = onPicture(eye, ...home)
    expect(Math.hypot(middle.x, middle.y)).toBeLessThan(0.08)
    // What lies to the right stays to the right, at one height.
    const right = new Vector3(1, 0, 0).applyQuaternion(eye.camera.quaternion)
    expect(Math.abs(right.y)).toBeLessThan(1e-6)
    expect(eye.camera.position.y).toBeGreaterThan(0.03)
  })

  test('turning an oblique optic swings what it sees about the shaft, and the picture stays upright', () => {
    const straight = looked(30)
    const turned = looked(30, 90)
    expect(straight.camera.position.distanceTo(turned.camera.position)).toBeLessThan(1e-9)
    // Two directions 30° off the same axis, a quarter turn apart: cos = cos²30°.
    expect(straight.forward.dot(turned.forward)).toBeCloseTo(0.75, 6)
    const plain = looked(0)
    expect(plain.forward.dot(looked(0, 90).forward)).toBeCloseTo(1, 9)
    expect(onPicture(looked(0, 90), 0.02, 0.015, 0).x).toBeCloseTo(onPicture(plain, 0.02, 0.015, 0).x, 6)
  })

  test('tilting the camera tilts the horizon by as much', () => {
    const right = new Vector3(1, 0, 0).applyQuaternion(looked(0, 0, 20).camera.quaternion)
    const level = new Vector3(1, 0, 0).applyQuaternion(looked(0).camera.quaternion)
    expect((right.angleTo(level) * 180) / Math.PI).toBeCloseTo(20, 6)
  })
})

test('a scope that stands in the field is looked through, and named', () => {
  const tools = none()
  expect(scopeIn(tools)).toBe(-1)
  placeTool(tools.subarray(TOOL_SLOTS, 2 * TOOL_SLOTS), instrumentNumber('scope'), [0, 0.1, 0], [0, 0.42, 0])
  const camera = new PerspectiveCamera()
  expect(new ScopeEye(footprint).step(camera, tools, { kind: 'scope', optic: 30, turn: 0, roll: 0 })).toBe(1)
  expect(camera.position.y).toBeCloseTo(0.1, 9)
  expect(camera.getWorldDirection(new Vector3()).y).toBeCloseTo(-1, 6)
})
