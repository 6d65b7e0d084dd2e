/** What a page may load and run. Nothing comes from elsewhere, nothing is evaluated but WebAssembly. */
export function contentSecurityPolicy(): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'worker-src': "'self'",
    // The component library sets style attributes; no script can come of that.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

/** A pack's media is shown inside the page only; opened by itself it can do nothing. */
const MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

const COMMON = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), ' +
    'gamepad=(self), xr-spatial-tracking=(self), fullscreen=(self), autoplay=(self)',
} as const

/** Headers of every reply. SharedArrayBuffer needs the first three on the page and on all that it loads. */
export function securityHeaders(kind: 'page' | 'media'): Record<string, string> {
  return { ...COMMON, 'content-security-policy': kind === 'media' ? MEDIA_POLICY : contentSecurityPolicy() }
}

/** Files whose name holds the digest of their content can be kept for good; others are asked for again. */
export function cacheHeader(path: readonly string[]): string {
  const name = path[path.length - 1] ?? ''
  return path[0] === 'assets' && /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(name)
    ? 'private, max-age=31536000, immutable'
    : 'private, no-cache'
}
