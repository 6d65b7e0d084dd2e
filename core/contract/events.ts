import { z } from 'zod'
import { identitySchema } from './app.ts'
import { atlasBodySchema } from './atlas.ts'
import { emptySchema } from './values.ts'

/** What the host tells the page unasked. Over the socket each is one JSON text `{ event, payload }`. */
export const events = {
  'atlas.progress': atlasBodySchema,
  /** Trainee signed in or out, instructor unlocked or locked, on this connection's identity. */
  'session.changed': identitySchema,
  'packs.changed': emptySchema,
} as const

export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>

export const eventMessageSchema = z.object({
  event: z.custom<EventName>((value) => typeof value === 'string' && Object.hasOwn(events, value)),
  payload: z.unknown(),
})
