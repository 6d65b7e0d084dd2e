import type { EventName, EventPayload } from './events.ts'
import type { RequestInput, RequestName, RequestOutput } from './requests.ts'

/** The host as the page sees it, whatever carries it (IPC, loopback, LAN). `request` rejects with an `AppError`. */
export type HostApi = {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>>
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(event: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

/** What `preload` puts on `window.sina`: the raw channel; the page checks and types it. */
export type HostBridge = {
  request(name: string, input: unknown): Promise<{ ok: unknown } | { error: unknown }>
  on(listener: (message: unknown) => void): () => void
}
