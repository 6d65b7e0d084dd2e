import { crc32, deflateSync } from 'node:zlib'

/** An RGB picture (three bytes a pixel, rows from the top) as a PNG file. */
export function encodePng(width: number, height: number, rgb: Uint8Array): Buffer {
  const raw = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++) predictRow(rgb, width * 3, y, raw)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const PAETH = 4

/** Writes a row as its differences from the best of three neighbours (PNG filter 4): smooth shading packs far smaller. */
function predictRow(rgb: Uint8Array, stride: number, y: number, raw: Buffer): void {
  const from = y * stride
  const to = y * (stride + 1)
  raw[to] = PAETH
  for (let i = 0; i < stride; i++) {
    const a = i >= 3 ? rgb[from + i - 3] : 0
    const b = y > 0 ? rgb[from - stride + i] : 0
    const c = i >= 3 && y > 0 ? rgb[from - stride + i - 3] : 0
    const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
    raw[to + 1 + i] = rgb[from + i] - (pa <= pb && pa <= pc ? a : pb <= pc ? b : c)
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
