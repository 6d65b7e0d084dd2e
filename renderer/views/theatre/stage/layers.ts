import { DataTexture, LinearFilter, RGBAFormat, UnsignedByteType } from 'three'
import type { Field } from './field.ts'
import { MAP_DEPTH_MM } from './wallmap.ts'

/** Texels per millimetre of the layer map. */
const PER_MM = 0.5

/**
 * What lies how deep under each point of the skin: red muscle, green rib plane, blue pleura (depth below the skin over
 * {@link MAP_DEPTH_MM}), alpha how much rib there is.
 */
export function layerTexture(field: Field): DataTexture {
  const width = Math.ceil(field.widthMm * PER_MM)
  const height = Math.ceil(field.heightMm * PER_MM)
  const data = new Uint8Array(width * height * 4)
  const byte = (mm: number) => Math.max(0, Math.min(255, Math.round((mm / MAP_DEPTH_MM) * 255)))
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const u = (i + 0.5) / PER_MM
      const v = (j + 0.5) / PER_MM
      const skin = field.surfaceMm('skin', u, v)
      const at = (j * width + i) * 4
      data[at] = byte(skin - field.surfaceMm('muscle', u, v))
      data[at + 1] = byte(skin - field.surfaceMm('chest', u, v))
      data[at + 2] = byte(skin - field.surfaceMm('pleura', u, v))
      data[at + 3] = Math.round(255 * ribShare(field, u, v))
    }
  }
  const texture = new DataTexture(data, width, height, RGBAFormat, UnsignedByteType)
  texture.magFilter = LinearFilter
  texture.minFilter = LinearFilter
  texture.needsUpdate = true
  return texture
}

/** 1 over the middle of a rib, 0 between ribs, soft over a millimetre at the borders. */
function ribShare(field: Field, uMm: number, vMm: number): number {
  let most = 0
  for (const rib of field.source.ribs) {
    const half = rib.halfHeightUm10 / 100
    for (let k = 0; k + 1 < rib.points.length; k++) {
      const a = rib.points[k]
      const b = rib.points[k + 1]
      const far = segmentDistance(uMm, vMm, a[0] / 100, a[1] / 100, b[0] / 100, b[1] / 100)
      most = Math.max(most, Math.min(1, Math.max(0, half + 0.5 - far)))
    }
  }
  return most
}

function segmentDistance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.sqrt((x - ax - dx * t) ** 2 + (y - ay - dy * t) ** 2)
}
