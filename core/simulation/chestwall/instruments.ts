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
 * What stands for any blunt tool in the wound: 6 mm thick. Between ribs that hold them, tetrahedra give way to no more
 * without being turned inside out; a finger and a drain are squeezed there, and the lattice cannot squeeze them.
 */
export const IN_WOUND = instrumentNumber('artery-forceps')

/** Row of INSTRUMENTS by a tool's code; −1 for what is no instrument of the field. */
export const KIND_BY_CODE: readonly number[] = TOOLS.map((tool) => {
  const name = AS[tool]
  return name === undefined ? -1 : instrumentNumber(name)
})
