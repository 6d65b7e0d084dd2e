import { safeSegments } from '../host/server/pathguard.ts'

/** The one origin of the app's window. */
export const APP_ORIGIN = 'app://sina'

/** Whether a frame may go there: only within the app itself. */
export function navigationAllowed(url: string): boolean {
  return originOf(url) === APP_ORIGIN
}

/** Where in the app the window opens: a scene that was asked for at the start, or else the first page. */
export function startRoute(asked: string | undefined): string {
  return /^#\/tissue\/[a-z][a-z0-9-]*$/.test(asked ?? '') ? (asked ?? '') : ''
}

export type WindowDecision = { action: 'deny' } | { action: 'deny'; openExternally: string }

/** Sources that the app cites may be opened in the person's own browser; no window of ours opens another. */
export function windowOpenDecision(url: string): WindowDecision {
  const parsed = parse(url)
  const isSource =
    parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === '' && CITED.has(parsed.hostname)
  return isSource ? { action: 'deny', openExternally: parsed.href } : { action: 'deny' }
}

/** Where the sources of figures and methods lie. */
const CITED: ReadonlySet<string> = new Set(['doi.org', 'pmc.ncbi.nlm.nih.gov', 'pubmed.ncbi.nlm.nih.gov'])

const GRANTED: ReadonlySet<string> = new Set(['fullscreen', 'pointerLock'])

/** Everything is denied but a few that the app needs, and those to the app's own page alone. */
export function permissionGranted(permission: string, requestingUrl: string): boolean {
  return GRANTED.has(permission) && originOf(requestingUrl) === APP_ORIGIN
}

/** Whether a message comes from the page in the main frame of our window. A frame that is gone has no word. */
export function senderAllowed(frame: { url: string; parent: unknown } | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && originOf(frame.url) === APP_ORIGIN
}

/** Path of a request to `app://`, or undefined for another host, credentials, or a path that is not safe. */
export function protocolPath(url: string): string | undefined {
  const parsed = parse(url)
  if (parsed?.protocol !== 'app:' || parsed.host !== 'sina' || parsed.username !== '') return undefined
  // The parser folds dots away; what was sent is judged, not what it became.
  const sent = url.slice(APP_ORIGIN.length).split(/[?#]/)[0]
  return safeSegments(sent === '' ? '/' : sent) === undefined ? undefined : sent === '' ? '/' : sent
}

function originOf(url: string): string | undefined {
  const parsed = parse(url)
  return parsed && `${parsed.protocol}//${parsed.host}`
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    // What is no address leads nowhere.
    return undefined
  }
}
