import type { SimEvent } from '../simulation/contract.ts'
import { type Condition, type EventKind, eventFields } from './condition.ts'
import type { Range, Words } from './primitives.ts'

export type EventMatch = (event: SimEvent) => boolean

/** Whether an event is of the condition's kind and every field it names agrees. */
export function eventMatch(condition: Condition): EventMatch {
  const asked = condition as Record<string, Words | Range | undefined>
  const tests = Object.keys(eventFields[condition.is as EventKind])
    .filter((name) => asked[name] !== undefined)
    .map((name) => ({ name, test: fieldTest(asked[name]!) }))
  return (event) => {
    for (let i = 0; i < tests.length; i++) {
      const value = (event as unknown as Record<string, string | number>)[tests[i].name]
      if (!tests[i].test(value)) return false
    }
    return true
  }
}

function fieldTest(asked: Words | Range): (value: string | number) => boolean {
  if (typeof asked === 'string' || Array.isArray(asked)) {
    const test = wordTest(asked)
    return (value) => test(String(value))
  }
  const test = rangeTest(asked as Range)
  return (value) => test(value as number)
}

/** Whether a word is one of those named. */
export function wordTest(words: Words): (word: string) => boolean {
  const wanted = list(words)
  return (word) => wanted.includes(word)
}

/** Whether a figure lies in a range. */
export function rangeTest({ atLeast = -Infinity, atMost = Infinity }: Range): (value: number) => boolean {
  return (value) => value >= atLeast && value <= atMost
}

/** One word or many, as a list. */
export const list = (words: Words): readonly string[] => (typeof words === 'string' ? [words] : words)
