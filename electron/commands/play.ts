import { isAbsolute, join, resolve } from 'node:path'
import { builtInCases } from '../engine/setups.ts'
import { sourceRoot } from '../host/index.ts'
import { operatorNames } from '../operators/operators.ts'
import {
  type CommandInput,
  type CommandOutcome,
  choiceOption,
  numberOption,
  textOption,
  UsageError,
} from './command.ts'
import { simulate } from './simulate.ts'
import { verify } from './verify.ts'

/** `sina simulate CASE`: an operator plays a case. */
export async function simulateCommand(input: CommandInput): Promise<CommandOutcome> {
  const [caseId] = input.words
  const cases = builtInCases(sourceRoot)
  const found = cases.find((one) => one.case.id === caseId)
  if (!found) throw new UsageError(`cases: ${cases.map((one) => one.case.id).join(', ')}`)
  const operator = textOption(input, 'operator')
  if (operator === undefined) throw new UsageError('simulate needs --operator NAME')
  const known = operatorNames(caseId)
  if (known.length > 0 && !known.includes(operator)) throw new UsageError(`operators: ${known.join(', ')}`)
  const start = choiceOption(
    input,
    'start',
    found.case.starts.map(({ id }) => id),
  )
  const mode = choiceOption(input, 'mode', ['practice', 'assessment'])
  const tremorMm = numberOption(input, 'tremor', 0, 20)
  const delayMs = numberOption(input, 'delay', 0, 2_000)
  const marginMm = numberOption(input, 'margin', -20, 20)
  const out = textOption(input, 'out')
  const report = await simulate(sourceRoot, caseId, {
    operator,
    seed: numberOption(input, 'seed', 0, 0xffffffff) ?? 1,
    ...(start === undefined ? {} : { start }),
    ...(mode === undefined ? {} : { mode }),
    ...(tremorMm === undefined ? {} : { tremorMm }),
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(marginMm === undefined ? {} : { marginMm }),
    ...(out === undefined ? {} : { out: absolute(out) }),
  })
  const { passed, score, errors, ticks, stateHash } = report
  const text = [
    `${passed ? 'passed' : 'failed'}, score ${score ?? 'none'}, ${(ticks / 100).toFixed(0)} s`,
    `errors: ${errors.join(', ') || 'none'}`,
    `state ${stateHash}`,
  ]
  return { exit: 0, text: text.join('\n'), json: report }
}

/** `sina verify FILE`: the same, or the reason and the first tick that differs. */
export async function verifyCommand(input: CommandInput): Promise<CommandOutcome> {
  const verdict = await verify(sourceRoot, absolute(input.words[0]))
  const text = verdict.same
    ? 'the same'
    : `not the same: ${verdict.reason}${verdict.tick === undefined ? '' : ` at tick ${verdict.tick}`}`
  return { exit: verdict.same ? 0 : 1, text, json: verdict }
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : join(resolve('.'), path)
}
