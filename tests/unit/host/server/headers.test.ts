import { describe, expect, it } from 'vitest'
import { cacheHeader, contentSecurityPolicy, securityHeaders } from '../../../../electron/host/server/headers.ts'

describe('security headers', () => {
  const directives = new Map(
    contentSecurityPolicy()
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)] as const),
  )

  it('let no script in but our own and WebAssembly', () => {
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(directives.get('object-src')).toEqual(["'none'"])
    expect(directives.get('base-uri')).toEqual(["'none'"])
    expect(contentSecurityPolicy()).not.toMatch(/unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/)
  })

  it('isolate the page, so that it may share memory with its worker', () => {
    expect(securityHeaders('page')).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
  })

  it('put the media of a pack into a sandbox without scripts', () => {
    const policy = securityHeaders('media')['content-security-policy']
    expect(policy).toContain('sandbox')
    expect(policy).not.toContain('script')
  })

  it('keep for good only files that are named by their content', () => {
    expect(cacheHeader(['assets', 'index-BxY3_k9Q.js'])).toContain('immutable')
    expect(cacheHeader(['index.html'])).toContain('no-cache')
    expect(cacheHeader([])).toContain('no-cache')
  })
})
