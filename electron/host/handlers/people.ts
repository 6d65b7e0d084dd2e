import { requireOwner } from '../connection.ts'
import type { Connections } from '../connections.ts'
import type { Handlers } from '../handle.ts'
import type { Instructor } from '../people/instructor.ts'
import type { People } from '../people/people.ts'
import type { Trainees } from '../people/trainees.ts'

type Names = Extract<keyof Handlers, `trainees.${string}` | `instructor.${string}`>

export function peopleHandlers(
  people: People,
  trainees: Trainees,
  instructor: Instructor,
  connections: Connections,
): Pick<Handlers, Names> {
  return {
    'trainees.list': async ({ show }, connection) => ({
      trainees: await trainees.list(connection.instructor === 'unlocked' ? show : 'present'),
    }),
    'trainees.create': async (input) => ({ trainee: await trainees.create(input) }),
    'trainees.update': async (input, connection) => {
      requireOwner(connection, input.id, 'trainees.update')
      return { trainee: await trainees.update(input) }
    },
    'trainees.remove': async ({ id }) => {
      const trainee = await trainees.setRemoved(id, 'removed')
      await connections.forget(id)
      return { trainee }
    },
    'trainees.restore': async ({ id }) => ({ trainee: await trainees.setRemoved(id, 'present') }),
    'trainees.signIn': async ({ id, pin }, connection) => ({ identity: await people.signIn(connection, id, pin) }),
    'trainees.signOut': async (_input, connection) => ({ identity: await people.signOut(connection) }),

    'instructor.status': async (_input, connection) => ({
      passphrase: await instructor.passphrase(),
      state: connection.instructor,
    }),
    'instructor.setPassphrase': async ({ passphrase, current }, connection) => {
      await instructor.set(passphrase, current)
      return { identity: await people.setInstructor(connection, 'unlocked') }
    },
    'instructor.unlock': async ({ passphrase }, connection) => {
      await instructor.check(passphrase)
      return { identity: await people.setInstructor(connection, 'unlocked') }
    },
    'instructor.lock': async (_input, connection) => ({ identity: await people.setInstructor(connection, 'locked') }),
  }
}
