import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodePng } from '../../../electron/atlas/png.ts'

test('a picture comes back from its file as it was', () => {
  const [width, height] = [7, 5]
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * 37 + i * 11) % 256)
  const file = encodePng(width, height, rgb)
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const start = file.indexOf('IDAT')
  const raw = inflateSync(file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4)))
  const back = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++) {
    expect(raw[y * (width * 3 + 1)]).toBe(4)
    for (let i = 0; i < width * 3; i++) {
      const o = y * width * 3 + i
      const a = i >= 3 ? back[o - 3] : 0
      const b = y > 0 ? back[o - width * 3] : 0
      const c = i >= 3 && y > 0 ? back[o - width * 3 - 3] : 0
      const p = a + b - c
      const nearest = [a, b, c].reduce((best, v) => (Math.abs(p - v) < Math.abs(p - best) ? v : best))
      back[o] = raw[y * (width * 3 + 1) + 1 + i] + nearest
    }
  }
  expect([...back]).toEqual([...rgb])
})
