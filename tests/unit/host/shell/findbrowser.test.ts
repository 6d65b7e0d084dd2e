import { describe, expect, it } from 'vitest'
import { findBrowser, windowArguments } from '../../../../electron/shell/findbrowser.ts'
import { hasDisplay } from '../../../../electron/shell/openbrowser.ts'

const has =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file)

describe('finding a browser', () => {
  it('takes the first on the path, in order of likeness to Chromium', () => {
    const env = { PATH: '/a:/b' }
    const exists = has('/b/chromium', '/a/google-chrome')
    expect(findBrowser({ platform: 'linux', env, exists })).toBe('/b/chromium')
    expect(findBrowser({ platform: 'linux', env, exists: has('/a/microsoft-edge') })).toBe('/a/microsoft-edge')
    expect(findBrowser({ platform: 'linux', env, exists: has() })).toBeUndefined()
    expect(findBrowser({ platform: 'linux', env: {}, exists })).toBeUndefined()
  })

  it('takes the one that is named, or none', () => {
    const env = { PATH: '/a', SINA_BROWSER: '/opt/my' }
    expect(findBrowser({ platform: 'linux', env, exists: has('/opt/my', '/a/chromium') })).toBe('/opt/my')
    expect(findBrowser({ platform: 'linux', env, exists: has('/a/chromium') })).toBeUndefined()
  })

  it('gives up its sandbox for root alone', () => {
    expect(windowArguments('u', 'p', 'other')).not.toContain('--no-sandbox')
    expect(windowArguments('u', 'p', 'root')).toContain('--no-sandbox')
    expect(windowArguments('http://x/', '/profile', 'other').slice(0, 2)).toEqual([
      '--app=http://x/',
      '--user-data-dir=/profile',
    ])
  })

  it('needs a display on Linux', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('darwin', {})).toBe(true)
  })
})
