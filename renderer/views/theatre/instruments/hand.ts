import { Group, Mesh } from 'three'
import type { InstrumentModel } from './model.ts'
import { nitrile } from './surfaces.ts'
import { sweep } from './sweep.ts'

type Point = readonly [number, number, number]

/**
 * A gloved right hand with the index finger stretched out: its tip is the tool's tip. The other fingers are bent into
 * the palm so that they do not hide the wound.
 */
export function buildFinger(): InstrumentModel {
  const group = new Group()
  const material = nitrile()
  const finger = (points: readonly Point[], radii: readonly number[]) =>
    new Mesh(
      sweep(
        points,
        radii.map((r) => [r, r * 0.94] as const),
        [0, 1, 0],
        32,
        16,
      ),
      material,
    )
  group.add(
    finger(
      [
        [0, -1, 7],
        [0, 0, 24],
        [-1, 1.5, 46],
        [-2, 2, 72],
        [-3, 0, 100],
      ],
      [6.6, 7.8, 8.3, 9.6, 11],
    ),
    finger(
      [
        [14, -36, 62],
        [13, -36, 42],
        [12, -18, 38],
        [11, -2, 52],
        [10, 2, 78],
        [9, 0, 102],
      ],
      [7.4, 8, 8.6, 9.4, 10.4, 11],
    ),
    finger(
      [
        [29, -38, 68],
        [28, -38, 50],
        [27, -21, 45],
        [26, -6, 58],
        [23, -2, 82],
        [20, -2, 104],
      ],
      [7, 7.6, 8.2, 9, 10, 11],
    ),
    finger(
      [
        [42, -38, 76],
        [41, -37, 61],
        [40, -22, 56],
        [38, -10, 67],
        [34, -6, 88],
        [30, -4, 108],
      ],
      [6, 6.6, 7.2, 8, 9, 10.4],
    ),
    finger(
      [
        [4, -34, 52],
        [-8, -34, 70],
        [-19, -28, 92],
        [-20, -20, 118],
        [-8, -10, 146],
      ],
      [7.4, 8.4, 10, 13.4, 16],
    ),
    palm(material),
  )
  return { group, setJaw: () => {} }
}

function palm(material: ReturnType<typeof nitrile>): Mesh {
  return new Mesh(
    sweep(
      [
        [13, -4, 84],
        [12, -6, 110],
        [9, -8, 140],
        [7, -9, 166],
        [6, -9, 190],
        [6, -10, 250],
      ],
      [
        [28, 10.5],
        [34, 14],
        [33, 16.5],
        [27, 17.5],
        [25, 19.5],
        [31, 25],
      ],
      [0, 1, 0],
      40,
      28,
    ),
    material,
  )
}
