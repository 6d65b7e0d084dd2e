import { AppError, type HostBridge } from '../../core/contract/index.ts'
import type { Transport } from './checked.ts'

/** The bridge that the preload script offers, as a transport. */
export function ipcTransport(bridge: HostBridge): Transport {
  return {
    async request(name, input) {
      const reply = await bridge.request(name, input)
      if ('error' in reply) throw AppError.fromReply(reply.error)
      return reply.ok
    },
    on: (listener) => bridge.on(listener),
  }
}
