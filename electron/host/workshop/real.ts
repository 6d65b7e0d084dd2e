import { AppError } from '../../../core/contract/errors.ts'
import { createAtlasKeeper } from '../atlas/keeper.ts'
import type { EventBus } from '../eventbus.ts'
import type { AppPaths } from '../paths.ts'
import { engineOf } from './engine.ts'
import type { Workshop } from './workshop.ts'

/** The workshop of a running app. */
export function createWorkshop(paths: AppPaths, bus: EventBus): Workshop {
  const keeper = createAtlasKeeper(
    paths.atlas,
    async () => ({ defects: [] }),
    bus,
    () => undefined,
  )
  return {
    engine: engineOf(paths.root),
    patient: () => Promise.reject(new AppError('patient/failed')),
    expert: () => Promise.reject(new AppError('patient/failed')),
    verify: () => Promise.reject(new AppError('engine/unavailable')),
    atlas: keeper.status,
    buildAtlas: () => void keeper.build(),
  }
}
