/** The tube in the body wall that a laparoscopic instrument goes through; how it turns and slides there, see `tool.ts`. */
import { INSTRUMENTS } from './catalogue.ts'
import { TOOL } from './tool.ts'

/** A trocar's tube: its radius, and how far it reaches into the body and out of it from where it turns, m (a 10 mm one). */
export const TROCAR = { radius: 0.0055, inside: 0.02, outside: 0.02 } as const

/** Jaws open no further than they are out of their trocar's tube. */
export function sheatheJaws(tool: Float64Array): void {
  const { jaws } = INSTRUMENTS[tool[TOOL.kind]]
  if (tool[TOOL.pivoted] === 0 || !jaws) return
  let depth2 = 0
  for (let i = 0; i < 3; i++) {
    const way = tool[TOOL.pivotX + i] - tool[TOOL.ax + i]
    depth2 += way * way
  }
  const free = (Math.sqrt(depth2) - TROCAR.inside) / jaws.length
  tool[TOOL.jaw] = Math.max(0, Math.min(tool[TOOL.jaw], free))
}

/** Leads the shaft through a trocar. @param port which way that points out of the body, as a unit vector */
export function setPivot(tool: Float64Array, at: ArrayLike<number>, port: ArrayLike<number>): void {
  tool[TOOL.pivoted] = 1
  for (let i = 0; i < 3; i++) {
    tool[TOOL.pivotX + i] = at[i]
    tool[TOOL.portX + i] = port[i]
  }
}
