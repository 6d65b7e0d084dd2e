import { AppError } from '../../../core/contract/errors.ts'
import type { Patient } from '../../../core/simulation/contract.ts'
import type { Workshop } from '../../../electron/host/workshop/workshop.ts'

export const ENGINE = 'e'.repeat(64)

/** A workshop that takes no time: a patient is nothing but a seed. */
export function quickWorkshop(change: Partial<Workshop> = {}): Workshop {
  return {
    engine: () => ENGINE,
    patient: async ({ seed }) => ({ version: 1, seed, side: 'right' }) as Patient,
    expert: async () => {
      throw new AppError('patient/failed')
    },
    verify: async () => ({ same: true }),
    atlas: () => [],
    buildAtlas: async () => undefined,
    close: async () => undefined,
    ...change,
  }
}
