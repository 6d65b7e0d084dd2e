/** The scenes of living tissue, ready to be played. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../core/contract/errors.ts'
import { sized } from '../../core/modelling/operative/sized.ts'
import { sizeOf } from '../../core/modelling/warp.ts'
import { type Scene, sceneSchema } from '../../core/simulation/scene/schema.ts'
import { operativeLattice } from '../atlas/operative.ts'

const SCENES = 'tests/scenes'

/** Names of the scenes of living tissue. */
export function sceneNames(root: string): string[] {
  return readdirSync(join(root, SCENES))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()
}

/** The scenes that are asked for, or all. Throws `host/not-found` where there is none of a name. */
export function namedScenes(root: string, only: readonly string[] | undefined): readonly string[] {
  const all = sceneNames(root)
  const unknown = only?.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new AppError('host/not-found', { where: `scene ${unknown}` })
  return only ?? all
}

/** Reads a scene and puts the lattices of its organs in, which are built where they are not kept. Throws a ZodError. */
export function readScene(root: string, name: string): Scene {
  const scene = sceneSchema.parse(JSON.parse(readFileSync(join(root, SCENES, `${name}.json`), 'utf8')))
  const folders = { assets: join(root, 'assets'), cache: join(root, '.cache', 'atlas') }
  const tissue = scene.tissue.map((one) =>
    one.shape === 'organs'
      ? { ...one, lattice: sized(operativeLattice(folders, one.field), sizeOf(one.stature)) }
      : one,
  )
  return sceneSchema.parse({ ...scene, tissue })
}
