/** Colours as an eye tells them apart: CIELAB (D65, 2°), and what a page shows at given pixels. */
import type { Page } from 'playwright/test'

export type Lab = readonly [l: number, a: number, b: number]

const WHITE = [0.95047, 1, 1.08883] as const

/** sRGB bytes to CIELAB (IEC 61966-2-1, CIE 15). */
export function labOf([r, g, b]: readonly [number, number, number]): Lab {
  const [x, y, z] = [r, g, b].map((byte) => {
    const value = byte / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const f = (share: number) => (share > 216 / 24389 ? Math.cbrt(share) : (share * (24389 / 27) + 16) / 116)
  const fx = f((0.4124564 * x + 0.3575761 * y + 0.1804375 * z) / WHITE[0])
  const fy = f((0.2126729 * x + 0.7151522 * y + 0.072175 * z) / WHITE[1])
  const fz = f((0.0193339 * x + 0.119192 * y + 0.9503041 * z) / WHITE[2])
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

/** Bytes of `#rrggbb`. */
export function bytesOf(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
}

/** Distance of two colours, ΔE*ab (CIE 1976). */
export function deltaE(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}

/** Angle between the hues of two colours, degrees; 0 where either is all but grey. */
export function hueBetween(one: Lab, other: Lab): number {
  if (Math.min(Math.hypot(one[1], one[2]), Math.hypot(other[1], other[2])) < 6) return 0
  const turn = Math.abs(Math.atan2(one[2], one[1]) - Math.atan2(other[2], other[1])) * (180 / Math.PI)
  return Math.min(turn, 360 - turn)
}

/** Median of each of L*, a*, b*. */
export function medianOf(colours: readonly Lab[]): Lab {
  const middle = (axis: 0 | 1 | 2) =>
    colours.map((colour) => colour[axis]).sort((a, b) => a - b)[Math.floor(colours.length / 2)]
  return [middle(0), middle(1), middle(2)]
}

/** The colours that a person sees at points of the page (CSS pixels). */
export async function coloursAt(page: Page, points: readonly { x: number; y: number }[]): Promise<Lab[]> {
  const shot = (await page.screenshot()).toString('base64')
  const bytes = await page.evaluate(
    async ({ data, at }) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data: pixels, width } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      return at.map(({ x, y }) => {
        const from = (Math.floor(y) * width + Math.floor(x)) * 4
        return [pixels[from], pixels[from + 1], pixels[from + 2]] as [number, number, number]
      })
    },
    { data: shot, at: points },
  )
  return bytes.map(labOf)
}
