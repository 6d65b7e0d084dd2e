import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError, errorStatus } from '../../../core/contract/errors.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../../../core/contract/version.ts'
import type { Connections } from '../connections.ts'
import type { EventBus } from '../eventbus.ts'
import { type Handle, toAppError } from '../handle.ts'
import { bodyLimit, readJson } from './body.ts'
import { type Credentials, createCredentials } from './credentials.ts'
import { type Folders, findFile, sendFile } from './files.ts'
import { hostAllowed, originAllowed, readAllowed, type Source } from './guard.ts'
import { securityHeaders } from './headers.ts'
import { routeFor } from './routes.ts'
import { attachSockets } from './sockets.ts'

export type ServerOptions = {
  handle: Handle
  connections: Connections
  bus: EventBus
  folders: Folders
  /** 0 takes any free port. */
  port: number
  /** 16 or more characters of base64url; made afresh when left out. */
  token?: string
  report: (error: unknown, where: string) => void
}

export type RunningServer = {
  /** Address without the token. */
  readonly origin: string
  /** Address that signs a browser in. */
  readonly url: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

/** Serves page, files, requests and events on the loopback address. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const token = options.token ?? randomBytes(24).toString('base64url')
  let credentials: Credentials
  let port = options.port
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response, { ...options, credentials, port }).catch((error) => {
      options.report(error, 'server')
      if (response.headersSent) response.destroy()
      else refuse(response, 500)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  port = (server.address() as AddressInfo).port
  credentials = createCredentials(token, port)
  const closeSockets = attachSockets(server, options.bus, credentials, () => port)
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    url: `${origin}/?token=${token}`,
    port,
    token,
    async close() {
      closeSockets()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

type Context = ServerOptions & { credentials: Credentials; port: number }

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const source: Source = {
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: header(request, 'sec-fetch-site'),
  }
  if (!hostAllowed(source.host, context.port)) return refuse(response, 421)
  const address = addressOf(request)
  if (!address) return refuse(response, 400)
  const route = routeFor(address.pathname)
  if (route.kind === 'api') return answerApi(request, response, context, source, route.name)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  const token = address.searchParams.get('token')
  if (route.kind === 'page' && token !== null && context.credentials.fitsToken(token)) {
    return signIn(response, context.credentials)
  }
  if (!readAllowed(source, context.port)) return refuse(response, 403)
  if (!context.credentials.read(request.headers)) return refuse(response, 401)
  const file = await findFile(route, context.folders)
  if (!file) return refuse(response, 404)
  sendFile(request, response, file)
}

/** Sends the browser on without the token, so that it stays out of history, bookmarks and screenshots. */
function signIn(response: ServerResponse, credentials: Credentials): void {
  response
    .writeHead(303, {
      ...securityHeaders('page'),
      location: '/',
      'cache-control': 'no-store',
      'set-cookie': `${credentials.cookieName}=${credentials.issue()}; HttpOnly; SameSite=Strict; Path=/`,
    })
    .end()
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
  source: Source,
  name: string,
): Promise<void> {
  try {
    if (request.method !== 'POST') throw new AppError('contract/unknown-request', { params: { name } })
    const credential = context.credentials.read(request.headers)
    if (!credential) throw new AppError('contract/unauthorised')
    if (!originAllowed(source, context.port, credential.kind)) throw new AppError('contract/forbidden-origin')
    requireJson(request)
    requireVersion(request)
    const input = await readJson(request, bodyLimit(name))
    const connection = await context.connections.get(credential.key)
    reply(response, 200, await context.handle(name, input, connection))
  } catch (error) {
    const coded = toAppError(error, name)
    if (coded.code === 'host/internal' && coded.cause !== undefined) context.report(coded.cause, name)
    // What is left of a body that is too large is not read: the connection ends.
    if (coded.code === 'contract/too-large') response.setHeader('connection', 'close')
    reply(response, errorStatus[coded.code], { error: coded.toReply() })
  }
}

/** A form elsewhere can post text, but not this media type without asking first. */
function requireJson(request: IncomingMessage): void {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new AppError('contract/bad-json', { where: 'content-type' })
}

function requireVersion(request: IncomingMessage): void {
  const version = header(request, CONTRACT_HEADER)
  if (version !== String(CONTRACT_VERSION)) {
    throw new AppError('contract/version', {
      params: { page: version ?? '', host: CONTRACT_VERSION },
      remedy: 'Load the page again.',
    })
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response
    .writeHead(status, {
      ...securityHeaders('page'),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(text)),
    })
    .end(text)
}

function refuse(response: ServerResponse, status: number): void {
  const text = status === 401 ? 'Open the address that the app printed at its start.\n' : `${status}\n`
  response
    .writeHead(status, {
      ...securityHeaders('page'),
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    })
    .end(text)
}

function addressOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? ''
  // The parser of addresses would fold `..` away before the path guard sees it.
  if (!target.startsWith('/') || target.startsWith('//') || /(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(target.split('?')[0]))
    return undefined
  try {
    return new URL(target, 'http://host')
  } catch {
    // Not an address at all.
    return undefined
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
