import { createHash, timingSafeEqual } from 'node:crypto'

/** The parts of a request that say where it comes from. */
export type Source = {
  host: string | undefined
  origin: string | undefined
  fetchSite: string | undefined
}

/**
 * Whether the Host header names this loopback server. Anything else is a page elsewhere whose name was pointed at
 * 127.0.0.1 (DNS rebinding).
 */
export function hostAllowed(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`
}

/**
 * Whether a request that changes something, or opens a socket, comes from our own page. A browser always sends Origin
 * with these; a program that holds the token sends none.
 */
export function originAllowed(source: Source, port: number, credential: 'cookie' | 'bearer'): boolean {
  if (!hostAllowed(source.host, port)) return false
  if (source.origin === undefined) return credential === 'bearer'
  return source.origin === `http://${source.host}`
}

/** Whether a page elsewhere asked for a file: refused, though the headers would keep the answer from it anyway. */
export function readAllowed(source: Source, port: number): boolean {
  if (!hostAllowed(source.host, port)) return false
  return source.fetchSite === undefined || source.fetchSite === 'same-origin' || source.fetchSite === 'none'
}

/** Compares secrets in constant time, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
