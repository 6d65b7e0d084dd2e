/** Kernel, surface and liquids follow the mesh when tissue was parted. */
import { touchAll, touchChanged } from './contact/surfacecontact.ts'
import { bindLiquids, openWounds } from './fieldliquids.ts'
import { CLOCK, type TissueField } from './fieldtype.ts'
import { freeFaces } from './mesh/faces.ts'
import { clearChanges } from './mesh/mesh.ts'
import { leakWhereOpened } from './organs/cavity.ts'
import { cutTubes } from './organs/tubes.ts'
import { repack, repackEdges } from './pack.ts'

/** Brings kernel and surface up to date with the mesh after cutting. */
export function followMesh(field: TissueField): void {
  const { changes } = field.mesh
  repack(field.tissue.memory, changes.tets, changes.tetCount)
  repackEdges(field.tissue.memory, changes.edges, changes.edgeCount)
  if (field.liquids) {
    openWounds(field, field.liquids)
    for (const cavity of field.organs.cavities) leakWhereOpened(cavity, field.mesh, field.liquids)
    cutTubes(field.organs.tubes, field.mesh, field.liquids)
  }
  touchChanged(field.contact, field.mesh)
  clearChanges(field.mesh)
  field.clock[CLOCK.surface]++
  findSurface(field)
}

/** Finds the free faces after loading and restoring. */
export function refreshSurface(field: TissueField): void {
  touchAll(field.contact)
  findSurface(field)
}

function findSurface({ tissue, surface, liquids, clock }: TissueField): void {
  surface.count = freeFaces(tissue.memory, surface.triangles, surface.corners)
  surface.version++
  if (liquids) bindLiquids(liquids, surface, clock[CLOCK.surface])
}
