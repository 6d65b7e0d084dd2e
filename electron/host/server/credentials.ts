import { createHmac, randomBytes } from 'node:crypto'
import { sameSecret } from './guard.ts'

/** What a request shows for itself. */
export type Credential = { kind: 'cookie' | 'bearer'; key: string }

export type Credentials = {
  readonly cookieName: string
  /** A fresh cookie value for a browser that came with the token. */
  issue(): string
  read(headers: { authorization?: string | undefined; cookie?: string | undefined }): Credential | undefined
  fitsToken(token: string): boolean
}

/**
 * Who may speak to the loopback host. A program sends `Authorization: Bearer TOKEN`; a browser trades the token of the
 * first address for a cookie, signed with the token, so that a host restarted with the same token still knows the page.
 * Cookies are shared by all ports of a host name: the name holds the port.
 */
export function createCredentials(token: string, port: number): Credentials {
  const cookieName = `sina-${port}`
  const sign = (id: string) => createHmac('sha256', token).update(id).digest('base64url')
  return {
    cookieName,
    issue() {
      const id = randomBytes(18).toString('base64url')
      return `${id}.${sign(id)}`
    },
    fitsToken: (given) => sameSecret(given, token),
    read({ authorization, cookie }) {
      if (authorization !== undefined) {
        const given = /^Bearer ([A-Za-z0-9_-]{16,128})$/.exec(authorization)?.[1]
        return given !== undefined && sameSecret(given, token) ? { kind: 'bearer', key: 'bearer' } : undefined
      }
      const value = cookieValue(cookie, cookieName)
      const [id, signature] = value?.split('.') ?? []
      return id && signature && sameSecret(signature, sign(id)) ? { kind: 'cookie', key: `cookie:${id}` } : undefined
    },
  }
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}
