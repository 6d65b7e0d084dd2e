import { compileBody } from '../../../core/modelling/compile.ts'
import { type BuiltBody, loadBodies } from '../bodies.ts'
import { makeMeshes } from '../meshes.ts'
import type { PoolFolders } from '../pool.ts'
import { type BonesReport, checkBones } from './bones.ts'
import { type ContactReport, checkContacts, checkEnds } from './contacts.ts'
import { checkSections, type SectionReport } from './sections.ts'
import { solidsOf } from './solids.ts'

/** How the structures of a body fit together: what should touch, what ends free, whose each part of a section is, and its bones beside measured ones. */
export type FitReport = {
  readonly contacts: ContactReport
  readonly ends: ContactReport
  readonly sections: SectionReport
  /** Only where measured bones were given. */
  readonly bones?: BonesReport
}

/** Measures a body as it is defined; `figures` is the file of measured bones. Throws when no body is called so. */
export async function checkFit(folders: PoolFolders, name: string, figures?: string): Promise<FitReport> {
  const meshes = await makeMeshes({ folders, body: name, pose: 'as-defined' })
  const body = loadBodies(folders.assets).get(name) as BuiltBody
  const solids = solidsOf(meshes)
  return {
    contacts: checkContacts(meshes.assets, solids),
    ends: checkEnds(meshes.assets, compileBody(meshes.assets.library, body), solids),
    sections: checkSections(meshes.assets, solids),
    ...(figures === undefined ? {} : { bones: checkBones(meshes, solids, body.sex, figures) }),
  }
}

/** Measures only the bones of a body. Throws when no body is called so. */
export async function measureBones(folders: PoolFolders, name: string, figures: string): Promise<BonesReport> {
  const meshes = await makeMeshes({
    folders,
    body: name,
    pose: 'as-defined',
    only: (s, { terms }) => /skeletal|permanent-teeth/.test(`${terms.get(s.id)?.system} ${terms.get(s.id)?.parent}`),
  })
  const body = loadBodies(folders.assets).get(name) as BuiltBody
  return checkBones(meshes, solidsOf(meshes), body.sex, figures)
}
