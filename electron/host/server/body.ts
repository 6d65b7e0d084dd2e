import type { IncomingMessage } from 'node:http'
import { AppError } from '../../../core/contract/errors.ts'
import { PACK_BYTES_MAX } from '../../../core/contract/packs.ts'

const MIB = 1024 * 1024

/** Largest body of a request, in bytes: what is not a pack or a record has no reason to be big. */
export function bodyLimit(name: string): number {
  if (name === 'packs.check' || name === 'packs.import') return Math.ceil((PACK_BYTES_MAX * 4) / 3) + 4 * 1024
  if (name === 'sessions.end') return 16 * MIB
  return MIB
}

/**
 * Reads and parses a JSON body.
 * @throws AppError `contract/too-large` (as soon as the limit is passed), `contract/bad-json`.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return parseJson(Buffer.concat(parts).toString('utf8'))
}

/** JSON without the keys that reach into prototypes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, refusePrototypeKeys)
  } catch (error) {
    throw new AppError('contract/bad-json', { cause: error })
  }
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new SyntaxError(`key ${key}`)
  return value
}

function tooLarge(limit: number): AppError {
  return new AppError('contract/too-large', { params: { limit } })
}
