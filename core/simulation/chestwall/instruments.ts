/**
 * The case's tools as instruments that press living tissue. Needles are none: they go in along their own track; a blade
 * is none: its edge parts what it would press.
 */
import { TOOLS, type Tool } from '../contract.ts'
import { instrumentNumber } from '../tissue/tools/catalogue.ts'

const AS: Readonly<Partial<Record<Tool, string>>> = {
  finger: 'finger',
  marker: 'probe',
  forceps: 'artery-forceps',
  drain: 'chest-drain',
  'trocar-drain': 'trocar-drain',
  'needle-driver': 'probe',
  dressing: 'retractor',
}

/**
 * What stands for a finger or a drain in the wound: a plain shaft, 5 mm thick. Between ribs that hold them, tetrahedra give
 * way to little more without being turned inside out: what is squeezed there, the lattice cannot squeeze.
 */
export const IN_WOUND = instrumentNumber('suction-irrigator')

/** Row of INSTRUMENTS by a tool's code; −1 for what is no instrument of the field. */
export const KIND_BY_CODE: readonly number[] = TOOLS.map((tool) => {
  const name = AS[tool]
  return name === undefined ? -1 : instrumentNumber(name)
})
