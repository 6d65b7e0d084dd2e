import { sourceRoot } from '../host/index.ts'
import { namedScenes } from '../shell/scenefiles.ts'
import { meshRows } from './determinism/meshes.ts'
import { sceneRows } from './determinism/scenes.ts'
import { sessionRows } from './determinism/sessions.ts'
import { type BenchGroup, type BenchRow, DETERMINISM_PARTS } from './row.ts'

const PARTS = { scenes: sceneRows, meshes: meshRows, sessions: sessionRows }

/**
 * The same input in this Node, another Node and Chromium: scenes of living tissue, sessions and structures' meshes, and how
 * many engines come to the same bits. One part alone, or some scenes, when they are named.
 */
export const benchDeterminism: BenchGroup = async ({ scenes, part }) => {
  const rows: BenchRow[] = []
  for (const one of part ? [part] : scenes ? (['scenes'] as const) : DETERMINISM_PARTS)
    rows.push(...(await PARTS[one](namedScenes(sourceRoot, scenes))))
  return rows
}
