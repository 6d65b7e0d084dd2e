import type { CasePlan } from './plan.ts'

/** Numbers that the runner keeps, and where. One flat array makes saving, restoring and hashing one copy. */
export const HEAD = { ended: 0, endTick: 1, declared: 2, declaredTick: 3, phase: 4, current: 5 } as const
export const STEP = { doneTick: 0, level: 1, helps: 2, hinted: 3 } as const
export const ERROR = { firstTick: 0, count: 1, was: 2 } as const
export const QUESTION = { option: 0, tick: 1, open: 2 } as const
export const ITEM = { tick: 0 } as const
export const NOTE = { value: 0, tick: 1, grade: 2 } as const
export const ORDER = { tick: 0, resultTick: 1 } as const

/** Codes of `HEAD.ended`: outcome index + 1, or one of these. */
export const RUNNING = 0
export const VOID_UNWELL = -1
export const VOID_FAULT = -2

const HEAD_SIZE = 6
const width = { steps: 4, errors: 3, questions: 3, items: 1, note: 3, orders: 2 } as const
export type Row = keyof typeof width

export type RunnerLayout = { readonly offset: Readonly<Record<Row, number>>; readonly size: number }

/** Where each list of the plan lies in the state. */
export function layoutOf(plan: CasePlan): RunnerLayout {
  const offset = { steps: 0, errors: 0, questions: 0, items: 0, note: 0, orders: 0 }
  let at = HEAD_SIZE
  for (const row of Object.keys(width) as Row[]) {
    offset[row] = at
    at += width[row] * plan[row].length
  }
  return { offset, size: at }
}

/** Index of a cell. */
export function cellOf(layout: RunnerLayout, row: Row, index: number, field: number): number {
  return layout.offset[row] + index * width[row] + field
}

/** The state before the first tick: nothing done, nobody answered. */
export function initialState(plan: CasePlan, layout: RunnerLayout): Float64Array {
  const state = new Float64Array(layout.size)
  state[HEAD.endTick] = state[HEAD.declared] = state[HEAD.declaredTick] = state[HEAD.current] = state[HEAD.phase] = -1
  const never: [Row, number][] = [
    ['steps', STEP.doneTick],
    ['errors', ERROR.firstTick],
    ['questions', QUESTION.option],
    ['questions', QUESTION.tick],
    ['items', ITEM.tick],
    ['note', NOTE.tick],
    ['orders', ORDER.tick],
    ['orders', ORDER.resultTick],
  ]
  for (const [row, field] of never)
    for (let index = 0; index < plan[row].length; index++) state[cellOf(layout, row, index, field)] = -1
  return state
}
