import { expect, test } from 'vitest'
import { WALL_COLUMNS, WALL_ROWS } from '../../../../core/simulation/snapshot.ts'
import { MAP_DEPTH_MM, MAP_HEIGHT, MAP_WIDTH, paintWall } from '../../../../renderer/views/theatre/stage/wallmap.ts'

const cells = () => ({
  open: new Uint16Array(WALL_COLUMNS * WALL_ROWS),
  dilation: new Uint8Array(WALL_COLUMNS * WALL_ROWS),
  blood: new Uint8Array(WALL_COLUMNS * WALL_ROWS),
  wheal: new Uint8Array(WALL_COLUMNS * WALL_ROWS),
})
const depthAt = (map: Uint8Array, u: number, v: number) =>
  (map[(Math.floor(v * 2) * MAP_WIDTH + Math.floor(u * 2)) * 4] / 255) * MAP_DEPTH_MM

test('closed skin paints nothing', () => {
  const map = new Uint8Array(MAP_WIDTH * MAP_HEIGHT * 4).fill(9)
  paintWall(cells(), map)
  expect(map.every((value) => value === 0)).toBe(true)
})

test('an opening is as deep as the cell says and as wide as its edges are held apart', () => {
  const wall = cells()
  const cell = 100 * WALL_COLUMNS + 80
  wall.open[cell] = 3000
  const map = new Uint8Array(MAP_WIDTH * MAP_HEIGHT * 4)
  paintWall(wall, map)
  expect(depthAt(map, 80.5, 100.5)).toBeCloseTo(30, -0.5)
  expect(depthAt(map, 84, 100.5)).toBe(0)
  wall.dilation[cell] = 120
  paintWall(wall, map)
  expect(depthAt(map, 84, 100.5)).toBeGreaterThan(20)
  expect(depthAt(map, 88.5, 100.5)).toBe(0)
})

test('a long cut gapes in its middle and is closed at its ends; a tied stitch draws it together', () => {
  const wall = cells()
  for (let i = 66; i <= 94; i++) {
    wall.open[100 * WALL_COLUMNS + i] = 900
    wall.dilation[100 * WALL_COLUMNS + i] = 140
  }
  const map = new Uint8Array(MAP_WIDTH * MAP_HEIGHT * 4)
  paintWall(wall, map, 'tied')
  expect(depthAt(map, 80, 100.5)).toBeGreaterThan(3)
  expect(depthAt(map, 80, 105)).toBe(0)
  wall.dilation.fill(0)
  paintWall(wall, map)
  expect(depthAt(map, 80, 102)).toBeGreaterThan(0)
  expect(depthAt(map, 66, 102)).toBe(0)
})
