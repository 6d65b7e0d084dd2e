import { parseArgs } from 'node:util'
import { AppError } from '../../core/contract/errors.ts'
import { toAppError } from '../host/handle.ts'
import { type Command, type CommandInput, type CommandOutcome, UsageError } from './command.ts'
import { commands, usage } from './table.ts'

/** Where the words go: answers to stdout, the rest to stderr. */
export type Output = { answer(text: string): void; say(text: string): void }

/**
 * `sina`: finds the command, checks its words, prints what it answers.
 * Exit code 0 for done, 1 for refused or not equal, 2 for words that are not understood.
 */
export async function runCommand(words: readonly string[], out: Output): Promise<number> {
  const json = words.includes('--json')
  try {
    const outcome = await dispatch(words)
    if (json) out.answer(`${JSON.stringify(outcome.json)}\n`)
    else if (outcome.text !== '') out.answer(`${outcome.text}\n`)
    return outcome.exit
  } catch (error) {
    if (error instanceof UsageError) {
      if (json) out.answer(`${JSON.stringify({ error: { code: 'usage', reason: error.message } })}\n`)
      out.say(`${error.message}\n\n${usage(meant(words))}\n`)
      return 2
    }
    const coded = missingFile(error) ?? toAppError(error, words[0] ?? 'sina')
    if (json) out.answer(`${JSON.stringify({ error: coded.toReply() })}\n`)
    out.say(`${describe(coded)}\n`)
    return 1
  }
}

async function dispatch(words: readonly string[]): Promise<CommandOutcome> {
  const plain = words.filter((word) => !word.startsWith('-'))
  if (words.length === 0 || plain[0] === 'help' || words.includes('--help')) {
    return {
      exit: 0,
      text: usage(meant(plain.slice(plain[0] === 'help' ? 1 : 0))),
      json: { commands: commands.map(({ name, summary }) => ({ name, summary })) },
    }
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, i) => words[i] === word))
  if (!command) throw new UsageError(`unknown command: ${plain.slice(0, 2).join(' ')}`)
  const rest = words.slice(command.name.split(' ').length)
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({
      args: [...rest],
      options: { json: { type: 'boolean' }, ...command.options },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    throw new UsageError(`${command.name}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (
    parsed.positionals.length < command.words.length - (command.optionalWords ?? 0) ||
    parsed.positionals.length > command.words.length
  ) {
    throw new UsageError(`${command.name} takes ${command.words.join(' ') || 'no words'}`)
  }
  const run = await command.load()
  return run({ words: parsed.positionals, options: parsed.values as CommandInput['options'] })
}

/** The commands that words begin to name; all of them where they name none. */
function meant(words: readonly string[]): readonly Command[] {
  const of = (count: number) =>
    commands.filter(({ name }) => {
      const own = name.split(' ')
      return own.slice(0, count).join(' ') === words.slice(0, Math.min(count, own.length)).join(' ')
    })
  const [exact, first] = [of(2), of(1)]
  return exact.length > 0 ? exact : first.length > 0 ? first : commands
}

/** A path on the command line that leads nowhere. */
function missingFile(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') return undefined
  return new AppError('host/not-found', { where: 'path' in error ? String(error.path) : '', cause: error })
}

function describe(error: ReturnType<typeof toAppError>): string {
  const cause =
    error.code === 'host/internal' && error.cause instanceof Error ? [error.cause.stack ?? error.cause.message] : []
  const params = Object.entries(error.params).map(([key, value]) => `${key}=${value}`)
  const problems = (error.problems ?? []).map((p) => `  ${p.file}${p.pointer}: ${p.reason}. ${p.remedy}`.trimEnd())
  return [[error.code, ...params, error.where ?? ''].join(' ').trimEnd(), error.remedy ?? '', ...problems, ...cause]
    .filter((line) => line !== '')
    .join('\n')
}
