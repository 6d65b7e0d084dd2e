import type { EventName, EventPayload } from '../../core/contract/events.ts'

/** `to` is a connection's key; without it the event goes to all. */
export type HostEvent = { [Name in EventName]: { event: Name; payload: EventPayload<Name>; to?: string } }[EventName]

export type EventBus = {
  emit(event: HostEvent): void
  subscribe(listener: (event: HostEvent) => void): () => void
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: HostEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
