import { arch, cpus, platform, totalmem } from 'node:os'
import type { BenchGroup, BenchRow } from '../bench/row.ts'
import { type CommandInput, type CommandOutcome, fileOption, UsageError } from './command.ts'

const GROUPS: Record<string, () => Promise<BenchGroup>> = {
  atlas: async () => (await import('../bench/atlas.ts')).benchAtlas,
  scene: async () => (await import('../bench/scene.ts')).benchScene,
  simulation: async () => (await import('../bench/simulation.ts')).benchSimulation,
  tissue: async () => (await import('../bench/tissue.ts')).benchTissue,
  physiology: async () => (await import('../bench/physiology.ts')).benchPhysiology,
  determinism: async () => (await import('../bench/determinism.ts')).benchDeterminism,
  operators: async () => (await import('../bench/operators.ts')).benchOperators,
}

/** Groups that are measured with another one when that is named. */
const WITH: Readonly<Record<string, readonly string[]>> = { simulation: ['tissue'] }

/** Takes a quarter of an hour: measured only when it is named. */
const LONG = 'operators'

/** Measures one group or all short ones, with the budget beside each figure. A budget that is not kept does not fail the command. */
export async function bench(input: CommandInput): Promise<CommandOutcome> {
  const [group] = input.words
  const figures = fileOption(input, 'figures')
  if (group !== undefined && !Object.hasOwn(GROUPS, group)) {
    throw new UsageError(`bench takes one of: ${Object.keys(GROUPS).join(', ')}`)
  }
  const rows: BenchRow[] = []
  for (const name of group === undefined
    ? Object.keys(GROUPS).filter((one) => one !== LONG)
    : [group, ...(WITH[group] ?? [])]) {
    process.stderr.write(`measuring ${name} …\n`)
    rows.push(...(await (await GROUPS[name]())({ figures })))
  }
  return { exit: 0, text: rows.map(line).join('\n'), json: { machine: machine(), rows } }
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
