import { type Mesh, Vector3 } from 'three'
import { expect, test } from 'vitest'
import { createSnapshotBuffer, DRAIN_POINTS, HEADER } from '../../../../core/simulation/snapshot.ts'
import { DrainModel } from '../../../../renderer/views/theatre/stage/tubing.ts'

/** A drain that runs up along the right chest wall; its tail lies `outMm` further out than usual. */
function drained(outMm: number) {
  const snapshot = createSnapshotBuffer()
  snapshot.header[HEADER.drainCount] = DRAIN_POINTS
  for (let i = 0; i < DRAIN_POINTS; i++) {
    const along = i / (DRAIN_POINTS - 1)
    snapshot.drain.set([-0.114 - (0.02 + outMm / 1000) * along, 1.49 - 0.11 * along, -0.012 + 0.05 * along], i * 3)
  }
  return snapshot
}

test('wherever drain and bottle lie, the tube between them is drawn from end to end', () => {
  const model = new DrainModel()
  const line = model.group.children[1] as Mesh
  const bottle = new Vector3()
  for (let step = 0; step < 400; step++) {
    // Heights that a bed passes through while its head is raised.
    bottle.set(-0.52, 0.9 + step * 0.0007, -0.6 + step * 0.0011)
    model.update(drained(step / 40), bottle)
    const { array } = line.geometry.getAttribute('position')
    expect(array.length).toBeGreaterThan(0)
    expect(Array.from(array).every(Number.isFinite)).toBe(true)
    // It ends at the mouth of the bottle; a move of the bottle by less than a centimetre is not followed.
    const end = new Vector3().fromArray(array, array.length - 3)
    expect(end.distanceTo(bottle)).toBeLessThan(0.02)
  }
})
