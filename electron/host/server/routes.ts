import { safeSegments } from './pathguard.ts'

/** Where an address leads. `path` is relative to the route's folder, made of safe segments. */
export type Route =
  | { kind: 'page' | 'atlas' | 'profile'; path: string[] }
  | { kind: 'media'; digest: string; path: string[] }
  | { kind: 'api'; name: string }
  | { kind: 'events' }
  | { kind: 'nothing' }

const NOTHING: Route = { kind: 'nothing' }
const DIGEST = /^[0-9a-f]{64}$/
const FILES = { atlas: 'atlas', profiles: 'profile' } as const

/** The one map of addresses, for the loopback server and the `app://` protocol alike. */
export function routeFor(pathname: string): Route {
  const segments = safeSegments(pathname)
  if (!segments) return NOTHING
  if (segments.length === 0) return { kind: 'page', path: ['index.html'] }
  const [first, second, third] = segments
  if (first === 'api') {
    if (segments.length !== 2) return NOTHING
    return second === 'events' ? { kind: 'events' } : { kind: 'api', name: second }
  }
  if (first === 'packs') {
    return DIGEST.test(second ?? '') && third === 'media' && segments.length > 3
      ? { kind: 'media', digest: second, path: segments.slice(3) }
      : NOTHING
  }
  if (Object.hasOwn(FILES, first)) {
    return segments.length > 1 ? { kind: FILES[first as keyof typeof FILES], path: segments.slice(1) } : NOTHING
  }
  return { kind: 'page', path: segments }
}
