/** The tube in the body wall that a laparoscopic instrument goes through; how it turns, see `tool.ts`, and slides, `port.ts`. */
import { INSTRUMENTS } from './catalogue.ts'
import { TROCAR } from './port.ts'
import { TOOL } from './tool.ts'

/** Jaws open no further than they are out of their trocar's tube. */
export function sheatheJaws(tool: Float64Array): void {
  const { jaws } = INSTRUMENTS[tool[TOOL.kind]]
  if (tool[TOOL.pivoted] === 0 || !jaws) return
  let depth2 = 0
  for (let i = 0; i < 3; i++) {
    const way = tool[TOOL.pivotX + i] - tool[TOOL.ax + i]
    depth2 += way * way
  }
  const free = (Math.sqrt(depth2) - TROCAR.inside - tool[TOOL.slid]) / jaws.length
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
