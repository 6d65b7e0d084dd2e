import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { EventBus } from '../eventbus.ts'
import type { Credentials } from './credentials.ts'
import { originAllowed } from './guard.ts'
import { routeFor } from './routes.ts'

const PING_MS = 20_000

/** Sends the host's events to every page that holds a credential. Pages send nothing here: what they send is dropped. */
export function attachSockets(server: Server, bus: EventBus, credentials: Credentials, port: () => number): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true })

  server.on('upgrade', (request, socket: Duplex, head) => {
    const route = routeFor(new URL(request.url ?? '/', 'http://host').pathname)
    const credential = credentials.read(request.headers)
    const source = {
      host: request.headers.host,
      origin: request.headers.origin,
      fetchSite: undefined,
    }
    if (route.kind !== 'events' || !credential || !originAllowed(source, port(), credential.kind)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const stop = bus.subscribe(({ event, payload, to }) => {
        if (to !== undefined && to !== credential.key) return
        if (client.readyState === client.OPEN) client.send(JSON.stringify({ event, payload }))
      })
      const beat = setInterval(() => client.ping(), PING_MS)
      client.on('error', () => client.terminate())
      client.on('close', () => {
        clearInterval(beat)
        stop()
      })
    })
  })

  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}
