import { symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { startServer } from '../../../../electron/host/index.ts'
import { hosted, writeFiles } from '../hosted.ts'

const TOKEN = 'test-token-test-token'

async function serving() {
  const all = hosted()
  const server = await startServer({
    handle: all.host.handle,
    connections: all.host.connections,
    bus: all.host.bus,
    folders: all.host.folders,
    port: 0,
    token: TOKEN,
    report: all.host.report,
  })
  onTestFinished(() => server.close())
  const signIn = await fetch(server.url, { redirect: 'manual' })
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { ...all, server, cookie, signIn }
}

type Raw = { status: number; body: string; headers: Record<string, unknown> }

/** A request as it stands, without a client that mends it. */
function raw(port: number, path: string, headers: Record<string, string>, method = 'GET', body?: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: response.headers }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const apiHeaders = (cookie: string, origin: string) => ({
  cookie,
  origin,
  'content-type': 'application/json',
  'x-sina-contract': '1',
})

describe('signing in', () => {
  it('trades the token for a cookie that scripts and other sites cannot use', async () => {
    const { signIn } = await serving()
    expect(signIn.status).toBe(303)
    expect(signIn.headers.get('location')).toBe('/')
    expect(signIn.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/)
  })

  it('serves nothing without it', async () => {
    const { server, cookie } = await serving()
    const statuses = async (headers: Record<string, string>) => (await fetch(server.origin, { headers })).status
    expect(await statuses({})).toBe(401)
    expect(await statuses({ cookie: cookie.replace(/\.[^.]*$/, '.forged') })).toBe(401)
    expect(await statuses({ authorization: 'Bearer wrong-token-wrong-token' })).toBe(401)
    expect(await statuses({ cookie })).toBe(200)
    expect(await statuses({ authorization: `Bearer ${TOKEN}` })).toBe(200)
    expect((await fetch(`${server.origin}/?token=wrong`, { redirect: 'manual' })).status).toBe(401)
  })
})

describe('files', () => {
  it('come with the headers that isolate the page', async () => {
    const { server, cookie } = await serving()
    const response = await fetch(server.origin, { headers: { cookie } })
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
    const etag = response.headers.get('etag') ?? ''
    expect((await fetch(server.origin, { headers: { cookie, 'if-none-match': etag } })).status).toBe(304)
  })

  it('outside of their folder are out of reach', async () => {
    const { server, cookie, paths } = await serving()
    const headers = { cookie, host: `127.0.0.1:${server.port}` }
    writeFileSync(join(paths.root, 'secret.json'), '"secret"')
    writeFiles(join(paths.root, 'page', 'assets'), { 'inside.json': Buffer.from('1') })
    symlinkSync(join(paths.root, 'secret.json'), join(paths.page, 'assets', 'link.json'))
    expect((await raw(server.port, '/assets/inside.json', headers)).status).toBe(200)
    for (const path of [
      '/../secret.json',
      '/assets/../../secret.json',
      '/..%2fsecret.json',
      '/%2e%2e/secret.json',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
      '/assets/..%5c..%5csecret.json',
      '/atlas/..%2f..%2fsecret.json',
      '/assets/link.json',
      '/assets',
      'http://127.0.0.1/assets/inside.json',
      '//secret.json',
    ]) {
      const { status, body } = await raw(server.port, path, headers)
      expect([400, 404]).toContain(status)
      expect(body).not.toContain('secret')
    }
  })

  it('are not served to other sites, nor under another name of this machine', async () => {
    const { server, cookie } = await serving()
    const host = `127.0.0.1:${server.port}`
    expect((await raw(server.port, '/', { cookie, host, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await raw(server.port, '/', { cookie, host: `evil.example:${server.port}` })).status).toBe(421)
    expect((await raw(server.port, '/', { cookie, host }, 'DELETE')).status).toBe(405)
  })
})

describe('requests', () => {
  it('are answered with the output itself', async () => {
    const { server, cookie } = await serving()
    const headers = { ...apiHeaders(cookie, server.origin), host: `127.0.0.1:${server.port}` }
    const { status, body } = await raw(server.port, '/api/app.info', headers, 'POST', '{}')
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ version: '0.1.0', shell: 'serve' })
  })

  const attacks: Record<
    string,
    { headers?: Record<string, string>; body?: string; code: string; method?: string; path?: string }
  > = {
    'from another origin': { headers: { origin: 'http://evil.example' }, code: 'contract/forbidden-origin' },
    'from a sandboxed frame': { headers: { origin: 'null' }, code: 'contract/forbidden-origin' },
    'without a cookie': { headers: { cookie: '' }, code: 'contract/unauthorised' },
    'as a form': { headers: { 'content-type': 'text/plain' }, code: 'contract/bad-json' },
    'of another version': { headers: { 'x-sina-contract': '999' }, code: 'contract/version' },
    'by GET': { method: 'GET', code: 'contract/unknown-request' },
    'with broken JSON': { body: '{"a":', code: 'contract/bad-json' },
    'with a prototype key': { body: '{"__proto__":{"role":"instructor"}}', code: 'contract/bad-json' },
    'with a nested constructor key': { body: '{"a":{"constructor":{"prototype":{}}}}', code: 'contract/bad-json' },
    'that are too large': { body: JSON.stringify({ a: 'x'.repeat(1_100_000) }), code: 'contract/too-large' },
    'above the role': { path: '/api/packs.import', body: '{"bytesBase64":""}', code: 'contract/forbidden-role' },
    'of no name': { path: '/api/constructor', code: 'contract/unknown-request' },
  }
  for (const [name, { headers, body = '{}', code, method = 'POST', path = '/api/app.info' }] of Object.entries(
    attacks,
  )) {
    it(`${name} are refused: ${code}`, async () => {
      const { server, cookie } = await serving()
      const all = { ...apiHeaders(cookie, server.origin), host: `127.0.0.1:${server.port}`, ...headers }
      const reply = await raw(server.port, path, all, method, method === 'GET' ? undefined : body)
      expect(JSON.parse(reply.body).error.code).toBe(code)
      expect(reply.status).toBeGreaterThanOrEqual(400)
    })
  }
})

describe('events', () => {
  const open = (url: string, headers: Record<string, string>, origin?: string) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(url, { headers, ...(origin === undefined ? {} : { origin }) })
      socket.once('open', () => resolve(socket))
      socket.once('error', reject)
    })

  it('reach the page that holds a cookie, and only the connection they are for', async () => {
    const { server, cookie, host } = await serving()
    const socket = await open(`ws://127.0.0.1:${server.port}/api/events`, { cookie }, server.origin)
    const seen: { event: string }[] = []
    socket.on('message', (data) => seen.push(JSON.parse(String(data))))
    const identity = { trainee: null, instructor: 'locked' } as const
    host.bus.emit({ event: 'session.changed', payload: identity, to: 'cookie:somebody-else' })
    host.bus.emit({ event: 'packs.changed', payload: {} })
    await expect.poll(() => seen).toEqual([{ event: 'packs.changed', payload: {} }])
    socket.terminate()
  })

  it('are refused to other origins and strangers', async () => {
    const { server, cookie } = await serving()
    const url = `ws://127.0.0.1:${server.port}/api/events`
    await expect(open(url, { cookie }, 'http://evil.example')).rejects.toThrow(/403/)
    await expect(open(url, { cookie })).rejects.toThrow(/403/)
    await expect(open(url, {}, server.origin)).rejects.toThrow(/403/)
    await expect(open(url.replace('events', 'app.info'), { cookie }, server.origin)).rejects.toThrow(/403/)
  })
})
