/** What lies behind the pleura: codes of the structures there and how far the lung has sunk. */
import { STRUCTURES, type Structure } from './contract.ts'
import { type FieldModel, organKindAt } from './field.ts'

/** Code of a structure in state and snapshots: its place in STRUCTURES. */
export const CODE = Object.freeze(Object.fromEntries(STRUCTURES.map((name, code) => [name, code]))) as Readonly<
  Record<Structure, number>
>

/** Organ kind (ORGAN_KINDS) → code of STRUCTURES. */
const ORGAN_CODE = [CODE.mediastinum, CODE.heart, CODE.liver, CODE.spleen, CODE.mediastinum]

/** Code of the organ behind (u, v). */
export function organCodeAt(field: FieldModel, u: number, v: number): number {
  return ORGAN_CODE[organKindAt(field, u, v)]!
}

/** How far the lung's surface has sunk from full expansion, mm: 1 L of air over about 650 cm² of pleura. */
export function lungGap(airMl: number): number {
  return airMl / 65
}
