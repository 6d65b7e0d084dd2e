/**
 * One contiguous block of memory holds the whole state of a world: saving, restoring and hashing are then one copy or
 * one pass, and nothing can be forgotten. Modules name their slots and get typed views into the block.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { SimulationError } from './contract.ts'

/** Slot numbers by name, e.g. `slots(['lv', 'rv'])` → `{ lv: 0, rv: 1 }`. */
export function slots<const T extends readonly string[]>(names: T): Readonly<Record<T[number], number>> {
  return Object.freeze(Object.fromEntries(names.map((name, index) => [name, index]))) as Readonly<
    Record<T[number], number>
  >
}

/** What a block holds: how many numbers of each kind, by name. */
export type BlockPlan = {
  readonly float32?: Readonly<Record<string, number>>
  readonly float64: Readonly<Record<string, number>>
  readonly uint32: Readonly<Record<string, number>>
  readonly uint16: Readonly<Record<string, number>>
  readonly uint8: Readonly<Record<string, number>>
}

export type Block<P extends BlockPlan> = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly float32: { readonly [K in keyof P['float32']]: Float32Array }
  readonly float64: { readonly [K in keyof P['float64']]: Float64Array }
  readonly uint32: { readonly [K in keyof P['uint32']]: Uint32Array }
  readonly uint16: { readonly [K in keyof P['uint16']]: Uint16Array }
  readonly uint8: { readonly [K in keyof P['uint8']]: Uint8Array }
}

/** Bytes that a block of this plan takes, a multiple of 16. */
export function blockSize(plan: BlockPlan): number {
  const total = (numbers: Readonly<Record<string, number>> = {}) =>
    Object.values(numbers).reduce((sum, n) => sum + n, 0)
  const size = total(plan.float64) * 8 + (total(plan.float32) + total(plan.uint32)) * 4 + total(plan.uint16) * 2
  return (size + total(plan.uint8) + 15) & ~15
}

/**
 * Allocates a zeroed block and its views. Given memory that a kernel owns, the block lies there from `start` on
 * (a multiple of 16; that part must be zero).
 */
export function createBlock<P extends BlockPlan>(plan: P, memory?: ArrayBuffer, start = 0): Block<P> {
  const size = blockSize(plan)
  const buffer = memory ?? new ArrayBuffer(size)
  let offset = start
  const views = <V>(
    numbers: Readonly<Record<string, number>> | undefined,
    width: number,
    make: (start: number, length: number) => V,
  ): Record<string, V> => {
    const result: Record<string, V> = {}
    for (const [name, length] of Object.entries(numbers ?? {})) {
      result[name] = make(offset, length)
      offset += length * width
    }
    return result
  }
  return {
    bytes: new Uint8Array(buffer, start, size),
    float64: views(plan.float64, 8, (from, length) => new Float64Array(buffer, from, length)),
    float32: views(plan.float32, 4, (from, length) => new Float32Array(buffer, from, length)),
    uint32: views(plan.uint32, 4, (from, length) => new Uint32Array(buffer, from, length)),
    uint16: views(plan.uint16, 2, (from, length) => new Uint16Array(buffer, from, length)),
    uint8: views(plan.uint8, 1, (from, length) => new Uint8Array(buffer, from, length)),
  } as Block<P>
}

/**
 * Makes −0 into +0 and refuses NaN and infinity, so that equal states have equal bits.
 * Throws `simulation/not-finite` naming the view and the slot.
 */
export function settle(views: Readonly<Record<string, Float64Array>>): void {
  for (const name in views) {
    const view = views[name]!
    for (let i = 0; i < view.length; i++) {
      const x = view[i]!
      if (x === 0) view[i] = 0
      else if (!(x - x === 0)) throw new SimulationError('simulation/not-finite', `${name}[${i}]`)
    }
  }
}

/** SHA-256 of a text as hex. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** SHA-256 of a block as hex. */
export function hashBlock(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}
