import type { Identity } from '../../../core/contract/app.ts'
import { AppError } from '../../../core/contract/errors.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import type { EventBus } from '../eventbus.ts'
import type { Store } from '../store/open.ts'
import { trySecret } from './gate.ts'
import type { Trainees } from './trainees.ts'

const REFUSALS = { wrong: 'trainee/pin-wrong', locked: 'trainee/locked' } as const

/** Who sits at a connection, and how that changes. */
export function createPeople(
  store: Store,
  connections: Connections,
  trainees: Trainees,
  bus: EventBus,
  now: () => Date,
) {
  async function identity(connection: Connection): Promise<Identity> {
    return {
      trainee: connection.traineeId === null ? null : await trainees.get(connection.traineeId),
      instructor: connection.instructor,
    }
  }

  async function announce(connection: Connection): Promise<Identity> {
    const current = await identity(connection)
    bus.emit({ event: 'session.changed', payload: current, to: connection.key })
    return current
  }

  return {
    identity,
    /** @throws AppError `trainee/pin-required`, `trainee/pin-wrong`, `trainee/locked`, `trainee/removed`. */
    async signIn(connection: Connection, id: string, pin: string | undefined): Promise<Identity> {
      const row = await trainees.present(id)
      if (row.pin_hash !== null) {
        if (pin === undefined) throw new AppError('trainee/pin-required', { params: { id } })
        await trySecret(store, `trainee:${id}`, pin, row.pin_hash, REFUSALS, now())
      }
      return announce(await connections.signIn(connection.key, id))
    },
    async signOut(connection: Connection): Promise<Identity> {
      return announce(await connections.signIn(connection.key, null))
    },
    async setInstructor(connection: Connection, state: Connection['instructor']): Promise<Identity> {
      return announce(await connections.setInstructor(connection.key, state))
    },
  }
}

export type People = ReturnType<typeof createPeople>
