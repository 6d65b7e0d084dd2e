import { type ZodError, z } from 'zod'
import { AppError, type EventName, events, type HostApi, requests } from '../../core/contract/index.ts'

/** A raw carrier of requests and events; it neither knows nor checks their shapes. */
export type Transport = {
  /** Resolves with the raw output or rejects with an `AppError`. */
  request(name: string, input: unknown): Promise<unknown>
  on(listener: (message: unknown) => void): () => void
}

const messageSchema = z.object({ event: z.string(), payload: z.unknown() })

/** Checks everything that crosses the border with the schemas of the contract, on this side too. */
export function checkedHost(transport: Transport): HostApi {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  let listening = false

  const receive = (raw: unknown) => {
    const message = messageSchema.safeParse(raw)
    if (!message.success || !Object.hasOwn(events, message.data.event)) return
    const name = message.data.event as EventName
    const payload = events[name].safeParse(message.data.payload)
    if (!payload.success) return
    for (const listener of listeners.get(name) ?? []) listener(payload.data)
  }

  return {
    async request(name, input) {
      const { in: inSchema, out } = requests[name]
      const given = inSchema.safeParse(input)
      if (!given.success) throw invalid('contract/invalid-input', name, given.error)
      const reply = out.safeParse(await transport.request(name, given.data))
      if (!reply.success) throw invalid('contract/invalid-output', name, reply.error)
      return reply.data as never
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set)
      const own = listener as (payload: unknown) => void
      set.add(own)
      if (!listening) transport.on(receive)
      listening = true
      return () => set.delete(own)
    },
  }
}

function invalid(code: 'contract/invalid-input' | 'contract/invalid-output', name: string, error: ZodError): AppError {
  const issue = error.issues[0]
  const pointer = `/${issue?.path.map(String).join('/') ?? ''}`
  return new AppError(code, { where: `${name}${pointer}`, params: { request: name, pointer }, cause: error })
}
