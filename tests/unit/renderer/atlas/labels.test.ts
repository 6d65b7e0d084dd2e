import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cross, placeLabels } from '../../../../renderer/views/atlas/labels.ts'

const anchor = fc.record({
  x: fc.integer({ min: 420, max: 1000 }),
  y: fc.integer({ min: 100, max: 750 }),
  text: fc.constant('label'),
})

test('leader lines never cross', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anchor, { minLength: 1, maxLength: 10, selector: ({ x, y }) => `${x},${y}` }),
      (anchors) => {
        const labels = placeLabels(anchors, { left: 330, right: 1090 }, 900)
        expect(labels).toHaveLength(anchors.length)
        for (const [i, a] of labels.entries())
          for (const b of labels.slice(i + 1)) if (a.side === b.side) expect(cross(a, b)).toBe(false)
      },
    ),
  )
})

test('labels of one column do not overlap and stay in the picture', () => {
  const anchors = Array.from({ length: 10 }, (_, i) => ({ x: 600 + i, y: 400 + i, text: `${i}` }))
  const labels = placeLabels(anchors, { left: 330, right: 1090 }, 900)
  for (const side of ['left', 'right']) {
    const ys = labels
      .filter((label) => label.side === side)
      .map(({ labelY }) => labelY)
      .sort((a, b) => a - b)
    for (const [i, y] of ys.entries()) {
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(900)
      if (i > 0) expect(y - ys[i - 1]).toBeGreaterThan(20)
    }
  }
})
