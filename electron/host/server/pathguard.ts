/**
 * Turns the path of an address into segments that are safe to join to a folder, or nothing. Decoded once; whatever still
 * looks like an escape (dots, slashes, backslashes, colons, control characters, a second encoding) is refused.
 */
export function safeSegments(pathname: string): string[] | undefined {
  if (pathname.length > 2_000 || !pathname.startsWith('/')) return undefined
  const segments: string[] = []
  for (const raw of pathname.slice(1).split('/')) {
    let segment: string
    try {
      segment = decodeURIComponent(raw)
    } catch {
      // Broken percent encoding names nothing.
      return undefined
    }
    if (segment === '') {
      segments.push('')
      continue
    }
    if (!SAFE.test(segment) || segment.startsWith('.') || segment.endsWith('.')) return undefined
    if (RESERVED.test(segment)) return undefined
    segments.push(segment)
  }
  while (segments.length > 0 && segments[segments.length - 1] === '') segments.pop()
  return segments.includes('') ? undefined : segments
}

const SAFE = /^[A-Za-z0-9_@()+,=~ .-]+$/
/** Names that Windows takes for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
