import { Box3, type Group, Mesh, MeshBasicMaterial } from 'three'
import { expect, test } from 'vitest'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { placeTool, TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { ToolModels } from '../../../../renderer/views/tissue/draw/tools.ts'
import { snapshotBytes, snapshotIn } from '../../../../renderer/views/tissue/run/snapshot.ts'

const size = { particles: 4, triangles: 4, threadPoints: 0, drops: 0, puffs: 0 }
/** Where tissue stops the probe, m. */
const STOPPED = 0.02

/** A probe that stands upright as the second tool, and a hand that would have it so much deeper, m. */
function pressing(deeper: number) {
  const snapshot = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  for (let t = 0; t < snapshot.tools.length; t += TOOL_SLOTS) snapshot.tools[t + TOOL.kind] = -1
  const row = snapshot.tools.subarray(TOOL_SLOTS, 2 * TOOL_SLOTS)
  placeTool(row, instrumentNumber('probe'), [0, STOPPED, 0], [0, STOPPED + 0.3, 0])
  for (const slot of [TOOL.gax, TOOL.gbx]) row[slot + 1] -= deeper
  return snapshot
}

/** Everything that is drawn of the tools, solid or as a ghost: how it is painted, and the lowest point of it, m. */
function drawn(models: ToolModels) {
  const solid: number[] = []
  const ghost: number[] = []
  const seek = (part: Group['children'][0]): void => {
    if (!part.visible) return
    if (part instanceof Mesh) {
      part.geometry.computeBoundingBox()
      const { min } = new Box3().copy(part.geometry.boundingBox!).applyMatrix4(part.matrixWorld)
      const isGhost = part.material instanceof MeshBasicMaterial && part.material.transparent
      expect(isGhost).toBe(part.renderOrder > 0)
      ;(isGhost ? ghost : solid).push(min.y)
      if (isGhost) expect(part.material).toMatchObject({ depthTest: false })
    }
    for (const child of part.children) seek(child)
  }
  models.group.updateMatrixWorld(true)
  seek(models.group)
  return { solid: Math.min(...solid), ghost: Math.min(...ghost) }
}

test('a tool is drawn where tissue stops it, and a ghost where the hand would have it', () => {
  const models = new ToolModels()
  models.update(pressing(0.03), -1)
  const { solid, ghost } = drawn(models)
  expect(solid).toBeCloseTo(STOPPED, 3)
  expect(ghost).toBeCloseTo(STOPPED - 0.03, 3)
  // The hand comes back: no ghost is left, and the tool stays where it is.
  models.update(pressing(0.002), -1)
  expect(drawn(models).solid).toBeCloseTo(STOPPED, 3)
  expect(drawn(models).ghost).toBe(Infinity)
})

test('of a tool that is looked through neither the tool nor its ghost is drawn', () => {
  const models = new ToolModels()
  models.update(pressing(0.03), 1)
  expect(drawn(models)).toEqual({ solid: Infinity, ghost: Infinity })
})
