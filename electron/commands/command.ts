import { existsSync } from 'node:fs'
import type { ParseArgsConfig } from 'node:util'

/** What a command answers: the exit code, lines for a person, and one JSON value for a program. */
export type CommandOutcome = { exit: 0 | 1; text: string; json: unknown }

export type CommandInput = { words: string[]; options: Record<string, string | boolean | string[] | undefined> }

export type Command = {
  /** One or two words. */
  name: string
  summary: string
  /** Names of the positional words. */
  words: string[]
  /** How many of the last words may be left out. */
  optionalWords?: number
  options: NonNullable<ParseArgsConfig['options']>
  load(): Promise<(input: CommandInput) => Promise<CommandOutcome>>
}

/** Words that the command line does not understand: usage is printed, exit code 2. */
export class UsageError extends Error {}

export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name]
  return typeof value === 'string' ? value : undefined
}

/** An option that may be given several times: what each says. */
export function textsOption(input: CommandInput, name: string): readonly string[] | undefined {
  const value = input.options[name]
  return Array.isArray(value) ? value : undefined
}

/** The path of a file that is there. */
export function fileOption(input: CommandInput, name: string): string | undefined {
  const path = textOption(input, name)
  if (path !== undefined && !existsSync(path)) throw new UsageError(`--${name} takes a file; there is none at ${path}`)
  return path
}

/** A whole number of an option, within a range. */
export function numberOption(input: CommandInput, name: string, low: number, high: number): number | undefined {
  const text = textOption(input, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high) {
    throw new UsageError(`--${name} takes a whole number from ${low} to ${high}`)
  }
  return value
}

/** One of a few words. */
export function choiceOption<Choice extends string>(
  input: CommandInput,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOption(input, name)
  if (text === undefined) return undefined
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new UsageError(`--${name} takes one of: ${choices.join(', ')}`)
  return found
}
