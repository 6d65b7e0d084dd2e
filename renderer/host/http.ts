import { AppError, CONTRACT_HEADER, CONTRACT_VERSION } from '../../core/contract/index.ts'
import type { Transport } from './checked.ts'

const RECONNECT_MS = [250, 500, 1000, 2000, 5000]

/** Requests by POST, events by one WebSocket that is opened again when it drops. Credentials travel in a cookie. */
export function httpTransport(location: { readonly href: string }): Transport {
  const base = new URL('./', location.href)
  return {
    async request(name, input) {
      const response = await post(new URL(`api/${name}`, base), input, name)
      const body: unknown = await response.json().catch(() => undefined)
      if (response.ok) return body
      throw AppError.fromReply(errorIn(body))
    },
    on(listener) {
      return keepOpen(new URL('api/events', base), listener)
    },
  }
}

async function post(url: URL, input: unknown, name: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', [CONTRACT_HEADER]: String(CONTRACT_VERSION) },
      body: JSON.stringify(input),
    })
  } catch (cause) {
    throw new AppError('contract/unavailable', { where: name, cause })
  }
}

function errorIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : body
}

function keepOpen(url: URL, listener: (message: unknown) => void): () => void {
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let wanted = true

  const open = () => {
    socket = new WebSocket(url)
    socket.onopen = () => {
      failures = 0
    }
    socket.onmessage = (message) => {
      const parsed = parse(message.data)
      if (parsed !== undefined) listener(parsed)
    }
    socket.onclose = () => {
      if (!wanted) return
      timer = setTimeout(open, RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)])
      failures++
    }
  }
  open()
  return () => {
    wanted = false
    clearTimeout(timer)
    socket?.close()
  }
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
