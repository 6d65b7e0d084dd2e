import { describe, expect, it } from 'vitest'
import { safeSegments } from '../../../../electron/host/server/pathguard.ts'
import { routeFor } from '../../../../electron/host/server/routes.ts'

const ATTACKS = [
  '/../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/package.json',
  '/%2E%2E%2Fpackage.json',
  '/%252e%252e%252fpackage.json',
  '/assets/..\\..\\package.json',
  '/assets/%5c..%5cpackage.json',
  '/assets/%c0%ae%c0%ae/package.json',
  '/assets//etc/passwd',
  '//etc/passwd',
  '/assets/./index.html',
  '/.git/config',
  '/assets/.env',
  '/C:/Windows/win.ini',
  '/assets/file.txt:stream',
  '/assets/a%00.js',
  '/assets/a%0a.js',
  '/assets/%',
  '/assets/%zz',
  '/assets/con',
  '/assets/nul.txt',
  '/assets/file.',
  '/assets/…/x',
  `/${'a/'.repeat(2000)}`,
  'index.html',
]

describe('paths of addresses', () => {
  for (const attack of ATTACKS) {
    it(`refuses ${attack.slice(0, 50)}`, () => {
      expect(safeSegments(attack)).toBeUndefined()
      expect(routeFor(attack)).toEqual({ kind: 'nothing' })
    })
  }

  it('takes what the app serves', () => {
    expect(safeSegments('/')).toEqual([])
    expect(safeSegments('/assets/index-B2c_3d.js')).toEqual(['assets', 'index-B2c_3d.js'])
    expect(safeSegments('/atlas/male/')).toEqual(['atlas', 'male'])
  })
})

describe('routes', () => {
  const digest = 'a'.repeat(64)

  it('lead to their folders', () => {
    expect(routeFor('/')).toEqual({ kind: 'page', path: ['index.html'] })
    expect(routeFor('/assets/x.js')).toEqual({ kind: 'page', path: ['assets', 'x.js'] })
    expect(routeFor('/atlas/male/atlas.json')).toEqual({ kind: 'atlas', path: ['male', 'atlas.json'] })
    expect(routeFor('/profiles/oculus-touch/profile.json')).toEqual({
      kind: 'profile',
      path: ['oculus-touch', 'profile.json'],
    })
    expect(routeFor(`/packs/${digest}/media/a/b.svg`)).toEqual({ kind: 'media', digest, path: ['a', 'b.svg'] })
    expect(routeFor('/api/app.info')).toEqual({ kind: 'api', name: 'app.info' })
    expect(routeFor('/api/events')).toEqual({ kind: 'events' })
  })

  it('of a pack reach its media only', () => {
    for (const path of [`/packs/${digest}/pack.json`, `/packs/${digest}/media`, '/packs/short/media/a.svg', '/packs']) {
      expect(routeFor(path)).toEqual({ kind: 'nothing' })
    }
  })
})
