import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import { cacheHeader, securityHeaders } from './headers.ts'
import { mediaType } from './mediatypes.ts'
import type { Route } from './routes.ts'

/** Where the files of each route lie. `media` answers undefined for a pack that is not in the library. */
export type Folders = {
  page: string
  atlas: string
  profiles: string
  media(digest: string): string | undefined
}

export type FileReply = { file: string; type: string; size: number; tag: string; headers: Record<string, string> }

/** The file behind a route, with all of its headers; undefined when there is none. Links out of the folder lead nowhere. */
export async function findFile(route: Route, folders: Folders): Promise<FileReply | undefined> {
  const folder = folderOf(route, folders)
  if (folder === undefined || !('path' in route)) return undefined
  const type = mediaType(route.path[route.path.length - 1])
  if (type === undefined) return undefined
  try {
    const base = await realpath(folder)
    const file = await realpath(join(base, ...route.path))
    if (!file.startsWith(base + sep)) return undefined
    const found = await stat(file)
    if (!found.isFile()) return undefined
    const tag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`
    const headers = {
      ...securityHeaders(route.kind === 'media' ? 'media' : 'page'),
      'content-type': type,
      'cache-control': cacheHeader(route.kind === 'page' ? route.path : []),
      etag: tag,
    }
    return { file, type, size: found.size, tag, headers }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}

/** Sends a file, or 304 when the browser still has it. */
export function sendFile(request: IncomingMessage, response: ServerResponse, reply: FileReply): void {
  if (request.headers['if-none-match'] === reply.tag) {
    response.writeHead(304, reply.headers).end()
    return
  }
  response.writeHead(200, { ...reply.headers, 'content-length': String(reply.size) })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const stream = createReadStream(reply.file)
  stream.on('error', () => response.destroy())
  stream.pipe(response)
}

function folderOf(route: Route, folders: Folders): string | undefined {
  if (route.kind === 'page') return folders.page
  if (route.kind === 'atlas') return folders.atlas
  if (route.kind === 'profile') return folders.profiles
  return route.kind === 'media' ? folders.media(route.digest) : undefined
}
