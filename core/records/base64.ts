const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i

/** Standard base64 with padding. Source: RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const word = (bytes[at] << 16) | ((left > 1 ? bytes[at + 1] : 0) << 8) | (left > 2 ? bytes[at + 2] : 0)
    parts.push(
      ALPHABET[word >> 18] +
        ALPHABET[(word >> 12) & 63] +
        (left > 1 ? ALPHABET[(word >> 6) & 63] : '=') +
        (left > 2 ? ALPHABET[word & 63] : '='),
    )
  }
  return parts.join('')
}

/** Bytes of standard base64, or `undefined` when the text is not the one canonical form of any bytes. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let word = 0
  let out = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isPad = i >= text.length - padding
    const value = isPad ? 0 : code < 128 ? VALUES[code] : -1
    if (value < 0) return undefined
    word = (word << 6) | value
    if (i % 4 !== 3) continue
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (word >> shift) & 255
      if (out < bytes.length) bytes[out++] = byte
      else if (byte !== 0) return undefined
    }
    word = 0
  }
  return bytes
}
