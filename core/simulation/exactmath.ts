// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: literal digits, so that no engine's Math is asked
/**
 * Elementary functions from IEEE additions, products, quotients and square roots only, so that every JavaScript engine
 * gives the same bits (engines may differ in `Math.sin`, `exp`, `log` …). Errors are below 1e-12 relative or absolute.
 */

export const PI = 3.141592653589793
const TWO_PI = 6.283185307179586
const HALF_PI = 1.5707963267948966
export const LN2 = 0.6931471805599453

/** 180/π. */
export const DEGREES = 57.29577951308232

/** Nearest integer, halves up. */
export function round(x: number): number {
  return Math.floor(x + 0.5)
}

/** `x` limited to [low, high]. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x
}

/** Moves `from` towards `to` with time constant `tau` over `dt` (same unit): exact backward Euler, stable for any dt. */
export function relax(from: number, to: number, dt: number, tau: number): number {
  return from + (to - from) * (dt / (tau + dt))
}

/** Cubic step 0 → 1 between `low` and `high`. */
export function smoothstep(low: number, high: number, x: number): number {
  const t = clamp((x - low) / (high - low), 0, 1)
  return t * t * (3 - 2 * t)
}

/** Sine of `x` radians, |x| < 1e6. */
export function sin(x: number): number {
  let r = x - TWO_PI * Math.floor(x / TWO_PI + 0.5)
  if (r > HALF_PI) r = PI - r
  else if (r < -HALF_PI) r = -PI - r
  const s = r * r
  let sum = 1
  for (let n = 19; n >= 3; n -= 2) sum = 1 - (s / (n * (n - 1))) * sum
  return r * sum
}

/** Cosine of `x` radians, |x| < 1e6. */
export function cos(x: number): number {
  return sin(x + HALF_PI)
}

/** e to the `x`; 0 below −700, infinity is never returned (saturates at e^700). */
export function exp(x: number): number {
  if (x < -700) return 0
  const bounded = x > 700 ? 700 : x
  const k = Math.floor(bounded / LN2 + 0.5)
  const r = bounded - k * LN2
  let sum = 1
  for (let n = 14; n >= 1; n--) sum = 1 + (r / n) * sum
  return scaleByPowerOfTwo(sum, k)
}

/** Natural logarithm of `x` > 0; −745 for x ≤ 0. */
export function log(x: number): number {
  if (!(x > 0)) return -745
  let m = x
  let k = 0
  while (m >= 1.4142135623730951) {
    m *= 0.5
    k++
  }
  while (m < 0.7071067811865476) {
    m *= 2
    k--
  }
  const y = (m - 1) / (m + 1)
  const s = y * y
  let sum = 0
  for (let n = 25; n >= 1; n -= 2) sum = 1 / n + s * sum
  return 2 * y * sum + k * LN2
}

/** Angle of (x, y) in radians, −π … π; 0 at the origin. */
export function atan2(y: number, x: number): number {
  const ax = Math.abs(x)
  const ay = Math.abs(y)
  if (ax === 0 && ay === 0) return 0
  const swapped = ay > ax
  let angle = atanUnit(swapped ? ax / ay : ay / ax)
  if (swapped) angle = HALF_PI - angle
  if (x < 0) angle = PI - angle
  return y < 0 ? -angle : angle
}

/** Angle in radians whose cosine is `c` (limited to −1 … 1). */
export function acos(c: number): number {
  const b = clamp(c, -1, 1)
  return atan2(Math.sqrt(1 - b * b), b)
}

function atanUnit(t: number): number {
  // two half-angle steps bring t from [0, 1] below 0.2, where the series converges fast
  const a = t / (1 + Math.sqrt(1 + t * t))
  const b = a / (1 + Math.sqrt(1 + a * a))
  const s = b * b
  let sum = 0
  for (let n = 21; n >= 1; n -= 2) sum = 1 / n - s * sum
  return 4 * b * sum
}

function scaleByPowerOfTwo(value: number, power: number): number {
  let result = value
  let k = power
  for (; k >= 16; k -= 16) result *= 65536
  for (; k <= -16; k += 16) result /= 65536
  for (; k > 0; k--) result *= 2
  for (; k < 0; k++) result *= 0.5
  return result
}
