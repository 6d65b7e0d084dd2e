import { describe, expect, it } from 'vitest'
import { hostAllowed, originAllowed, readAllowed } from '../../../../electron/host/server/guard.ts'

const PORT = 4000
const own = 'http://127.0.0.1:4000'
const source = (origin: string | undefined, host = '127.0.0.1:4000') => ({ host, origin, fetchSite: undefined })

describe('host header', () => {
  it('must name the loopback address and the port', () => {
    for (const host of ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000']) expect(hostAllowed(host, PORT)).toBe(true)
    for (const host of [
      undefined,
      '',
      'evil.example:4000',
      '127.0.0.1',
      '127.0.0.1:4001',
      '127.0.0.1.evil.example:4000',
      'localhost:4000.evil.example',
      '0.0.0.0:4000',
    ]) {
      expect(hostAllowed(host, PORT)).toBe(false)
    }
  })
})

describe('origin', () => {
  it('of a change must be the page itself', () => {
    expect(originAllowed(source(own), PORT, 'cookie')).toBe(true)
    for (const origin of [
      undefined,
      'null',
      'http://evil.example',
      'https://127.0.0.1:4000',
      'http://127.0.0.1:4001',
      'http://localhost:4000',
      'http://127.0.0.1:4000.evil.example',
    ]) {
      expect(originAllowed(source(origin), PORT, 'cookie')).toBe(false)
    }
  })

  it('may be missing only where the token was shown', () => {
    expect(originAllowed(source(undefined), PORT, 'bearer')).toBe(true)
    expect(originAllowed(source('http://evil.example'), PORT, 'bearer')).toBe(false)
    expect(originAllowed(source(undefined, 'evil.example:4000'), PORT, 'bearer')).toBe(false)
  })

  it('of a read may not be another site', () => {
    const read = (fetchSite: string | undefined) => readAllowed({ ...source(undefined), fetchSite }, PORT)
    expect([undefined, 'none', 'same-origin'].map(read)).toEqual([true, true, true])
    expect(['cross-site', 'same-site', 'nonsense'].map(read)).toEqual([false, false, false])
  })
})
