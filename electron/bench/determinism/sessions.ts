import { compareEngines } from '../../commands/determinism.ts'
import { findBuiltInCase, operatorSetup } from '../../engine/setups.ts'
import { sourceRoot } from '../../host/index.ts'
import type { BenchRow } from '../row.ts'
import { agreement } from './agreement.ts'

/** The expert at each start of the chest-drain case, recorded, and its input replayed in every engine. */
export async function sessionRows(): Promise<BenchRow[]> {
  const found = findBuiltInCase(sourceRoot, 'chest-drain')
  const rows: BenchRow[] = []
  for (const { id } of found.case.starts) {
    const { runs, missing } = await compareEngines(sourceRoot, operatorSetup(sourceRoot, found, { start: id, seed: 1 }))
    const row = agreement(`determinism: session ${id}, ${runs[0].ticks} ticks`, runs, missing)
    process.stderr.write(`${row.name}: ${row.rival}\n`)
    rows.push(row)
  }
  return rows
}
