import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Patient } from '../../../core/simulation/contract.ts'
import { createAtlasKeeper } from '../atlas/keeper.ts'
import type { EventBus } from '../eventbus.ts'
import type { AppPaths } from '../paths.ts'
import { engineOf } from './engine.ts'
import { createLabourer } from './labourer.ts'
import type { Expert, Verdict, Workshop } from './workshop.ts'

/** The workshop of a running app: patients, reference runs and replays in a thread, bodies by the atlas build. */
export function createWorkshop(
  paths: AppPaths,
  bus: EventBus,
  report: (error: unknown, where: string) => void,
): Workshop {
  const engine = engineOf(paths.root)
  const keeper = createAtlasKeeper(paths, bus, (error) => report(error, 'atlas'))
  const labour = createLabourer({ root: paths.root }, (error) => report(error, 'labour'))

  let stopped = false

  return {
    engine,
    patient: async ({ case: of, seed }) => (await labour.send({ kind: 'patient', case: of, seed })) as Patient,
    async expert({ pack, case: of, start }) {
      const file = join(
        paths.cache,
        'expert',
        `${engine().slice(0, 16)}-${pack.digest.slice(0, 16)}-${of.id}-${start}.json`,
      )
      if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Expert
      const expert = (await labour.send({ kind: 'expert', pack, case: of, start })) as Expert
      mkdirSync(join(paths.cache, 'expert'), { recursive: true })
      writeFileSync(`${file}.draft`, JSON.stringify(expert))
      renameSync(`${file}.draft`, file)
      return expert
    },
    verify: async (file, setup) => (await labour.send({ kind: 'verify', file, case: setup.case })) as Verdict,
    atlas: keeper.status,
    async buildAtlas() {
      await keeper.build()
      if (stopped) return
      keeper.watch()
      // Sampled ahead, one by one, so that the first patient of each kind is there at once.
      for (const sex of ['male', 'female'] as const) {
        for (const side of ['left', 'right'] as const) {
          await labour.send({ kind: 'field', sex, side }).catch((error) => stopped || report(error, 'field'))
        }
      }
    },
    async close() {
      stopped = true
      keeper.stop()
      await labour.stop()
    },
  }
}
