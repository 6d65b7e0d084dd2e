/** Why bytes could not be read. */
export class MalformedBytes extends Error {
  readonly code = 'log/malformed'
}

/** Appends numbers to a growing run of bytes. Integers are LEB128: seven bits a byte, low bits first. */
export class ByteWriter {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  /** Forgets what was written and keeps the room. */
  clear(): void {
    this.#length = 0
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** A whole number from 0 to 2^53 − 1. */
  unsigned(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  /** A whole number of at most 52 bits and a sign, folded so that small magnitudes are short. */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value)
  }

  float(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#length, value, true)
    this.#length += 8
  }

  /** ASCII text of at most 127 characters, length first. */
  ascii(text: string): void {
    this.#reserve(text.length + 1)
    this.#bytes[this.#length++] = text.length
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    bytes.set(this.#bytes)
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}

/** Reads what `ByteWriter` wrote; throws `MalformedBytes` past the end and on numbers out of range. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    if (this.#at >= this.#bytes.length) throw new MalformedBytes('ends too early')
    return this.#bytes[this.#at++]
  }

  unsigned(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.byte()
      value += (byte % 128) * scale
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value
      }
      scale *= 128
    }
    throw new MalformedBytes('number out of range')
  }

  signed(): number {
    const folded = this.unsigned()
    return folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2
  }

  float(): number {
    if (this.#at + 8 > this.#bytes.length) throw new MalformedBytes('ends too early')
    const value = this.#view.getFloat64(this.#at, true)
    this.#at += 8
    return value
  }

  ascii(): string {
    const length = this.byte()
    let text = ''
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.byte())
    return text
  }
}
