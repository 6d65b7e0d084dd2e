import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../../core/records/base64.ts'

test('RFC 4648 §10: test vectors', () => {
  const vectors = [
    '',
    '',
    'f',
    'Zg==',
    'fo',
    'Zm8=',
    'foo',
    'Zm9v',
    'foob',
    'Zm9vYg==',
    'fooba',
    'Zm9vYmE=',
    'foobar',
    'Zm9vYmFy',
  ]
  for (let i = 0; i < vectors.length; i += 2)
    expect(toBase64(new TextEncoder().encode(vectors[i]))).toBe(vectors[i + 1])
})

test('bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
})

test('only the canonical form is read', () => {
  for (const text of ['Zg=', 'Zg', 'Zh==', 'Z===', '====', 'Zm9=', 'Zm 9v', 'Zm9v\n', 'Zm9é', 'Zg==Zg=='])
    expect(fromBase64(text), text).toBeUndefined()
})
