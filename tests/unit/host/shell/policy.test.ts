import { describe, expect, it } from 'vitest'
import {
  navigationAllowed,
  permissionGranted,
  protocolPath,
  senderAllowed,
  startRoute,
  windowOpenDecision,
} from '../../../../electron/shell/policy.ts'

const ELSEWHERE = [
  'https://evil.example/',
  'app://evil/',
  'app://sina.evil/',
  'app://sina@evil/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>',
  'about:blank',
  'http://127.0.0.1/',
  'nonsense',
  '',
]

describe('the window', () => {
  it('goes nowhere but within the app', () => {
    for (const url of ELSEWHERE) expect(navigationAllowed(url)).toBe(false)
    expect(navigationAllowed('app://sina/')).toBe(true)
    expect(navigationAllowed('app://sina/#/atlas')).toBe(true)
  })

  it('opens at a scene that was asked for, and at nothing else', () => {
    expect(startRoute('#/tissue/grasp-2')).toBe('#/tissue/grasp-2')
    for (const asked of [
      undefined,
      '',
      '#/settings',
      '#/tissue/',
      '#/tissue/../x',
      '#/tissue/a?b',
      '@evil/',
      ...ELSEWHERE,
    ])
      expect(startRoute(asked)).toBe('')
  })

  it('opens no other window, and only cited sources in the browser', () => {
    for (const url of [
      ...ELSEWHERE,
      'app://sina/',
      'http://doi.org/x',
      'https://doi.org.evil.example/',
      'https://user@doi.org/',
    ]) {
      expect(windowOpenDecision(url)).toEqual({ action: 'deny' })
    }
    expect(windowOpenDecision('https://doi.org/10.1000/x')).toEqual({
      action: 'deny',
      openExternally: 'https://doi.org/10.1000/x',
    })
  })

  it('is granted little, and other pages nothing', () => {
    const page = 'app://sina/'
    expect(permissionGranted('fullscreen', page)).toBe(true)
    for (const permission of [
      'media',
      'geolocation',
      'midi',
      'openExternal',
      'clipboard-read',
      'hid',
      'usb',
      'unknown',
      '',
    ]) {
      expect(permissionGranted(permission, page)).toBe(false)
    }
    for (const url of ELSEWHERE) expect(permissionGranted('fullscreen', url)).toBe(false)
  })

  it('is heard only from its main frame', () => {
    expect(senderAllowed({ url: 'app://sina/#/atlas', parent: null })).toBe(true)
    expect(senderAllowed({ url: 'app://sina/', parent: {} })).toBe(false)
    expect(senderAllowed(null)).toBe(false)
    expect(senderAllowed(undefined)).toBe(false)
    for (const url of ELSEWHERE) expect(senderAllowed({ url, parent: null })).toBe(false)
  })
})

describe('addresses of the app', () => {
  it('lead to safe paths', () => {
    expect(protocolPath('app://sina/')).toBe('/')
    expect(protocolPath('app://sina')).toBe('/')
    expect(protocolPath('app://sina/assets/a.js?x=1#y')).toBe('/assets/a.js')
  })

  it('lead nowhere otherwise', () => {
    for (const url of [
      ...ELSEWHERE,
      'app://sina/../package.json',
      'app://sina/%2e%2e/package.json',
      'app://sina/..%2fpackage.json',
      'app://sina/assets/..%5c..%5cx',
      'app://sina/.git/config',
      'app://sina/a%00b',
    ]) {
      expect(protocolPath(url)).toBeUndefined()
    }
  })
})
