import { arch, cpus, platform, totalmem } from 'node:os'
import { type BenchGroup, type BenchRow, DETERMINISM_PARTS } from '../bench/row.ts'
import {
  type CommandInput,
  type CommandOutcome,
  choiceOption,
  fileOption,
  numberOption,
  textsOption,
  UsageError,
} from './command.ts'

const GROUPS: Record<string, () => Promise<BenchGroup>> = {
  atlas: async () => (await import('../bench/atlas.ts')).benchAtlas,
  scene: async () => (await import('../bench/scene.ts')).benchScene,
  simulation: async () => (await import('../bench/simulation.ts')).benchSimulation,
  tissue: async () => (await import('../bench/tissue.ts')).benchTissue,
  physiology: async () => (await import('../bench/physiology.ts')).benchPhysiology,
  determinism: async () => (await import('../bench/determinism.ts')).benchDeterminism,
  operators: async () => (await import('../bench/operators.ts')).benchOperators,
  soak: async () => (await import('../bench/soak.ts')).benchSoak,
}

/** Groups that are measured with another one when that is named. */
const WITH: Readonly<Record<string, readonly string[]>> = { simulation: ['tissue'] }

/** Take a quarter of an hour and more: measured only when they are named. */
const LONG: readonly string[] = ['operators', 'soak']
/** Its budgets are what must never happen: one that is not kept fails the command. */
const STRICT = 'soak'

/** Measures one group or all short ones, with the budget beside each figure; only in a strict group one that is not kept fails the command. */
export async function bench(input: CommandInput): Promise<CommandOutcome> {
  const [group] = input.words
  const options = {
    figures: fileOption(input, 'figures'),
    minutes: numberOption(input, 'minutes', 1, 600),
    scenes: textsOption(input, 'scene'),
    part: choiceOption(input, 'part', DETERMINISM_PARTS),
  }
  if (group !== undefined && !Object.hasOwn(GROUPS, group)) {
    throw new UsageError(`bench takes one of: ${Object.keys(GROUPS).join(', ')}`)
  }
  const rows: BenchRow[] = []
  for (const name of group === undefined
    ? Object.keys(GROUPS).filter((one) => !LONG.includes(one))
    : [group, ...(WITH[group] ?? [])]) {
    process.stderr.write(`measuring ${name} …\n`)
    rows.push(...(await (await GROUPS[name]())(options)))
  }
  const failed = group === STRICT && rows.some(({ ok }) => ok === false)
  return { exit: failed ? 1 : 0, text: rows.map(line).join('\n'), json: { machine: machine(), rows } }
}

function machine(): string {
  const [first] = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return `${first?.model.trim() ?? 'unknown'} × ${cpus().length}, ${memory}, ${platform()} ${arch()}, Node ${process.versions.node}`
}

function line({ name, value, unit, budget, ok, rival }: BenchRow): string {
  const budgeted = budget === undefined ? '' : `  ${ok ? 'ok' : 'OVER'} (${budget} ${unit})`
  return `${name.padEnd(44)} ${String(value).padStart(12)} ${unit}${budgeted}${rival === undefined ? '' : `  rival ${rival}`}`
}
