import { z } from 'zod'
import { AppError } from '../../core/contract/errors.ts'
import type { Connections } from '../host/connections.ts'
import { type Handle, toAppError } from '../host/handle.ts'
import { parseJson } from '../host/server/body.ts'
import { senderAllowed } from './policy.ts'

export const REQUEST_CHANNEL = 'sina:request'
export const EVENT_CHANNEL = 'sina:event'

/** Largest request over IPC, in characters of JSON. */
const REQUEST_MAX = 64 * 1024 * 1024

const messageSchema = z.tuple([z.string().max(80), z.string().max(REQUEST_MAX)])

export type IpcSender = { frame: { url: string; parent: unknown } | null | undefined; windowId: number }
export type IpcReply = { ok: unknown } | { error: unknown }

/**
 * Answers a request that came over IPC: checks who sent it, then opens the same door as HTTP. The input travels as JSON
 * text, so that both transports carry exactly the same values.
 */
export async function answerIpc(
  handle: Handle,
  connections: Connections,
  sender: IpcSender,
  message: readonly unknown[],
): Promise<IpcReply> {
  try {
    if (!senderAllowed(sender.frame)) throw new AppError('contract/forbidden-origin')
    const parsed = messageSchema.safeParse(message)
    if (!parsed.success) throw new AppError('contract/bad-json')
    const [name, text] = parsed.data
    const connection = await connections.get(`window:${sender.windowId}`)
    return { ok: await handle(name, parseJson(text), connection) }
  } catch (error) {
    return { error: toAppError(error, 'ipc').toReply() }
  }
}
