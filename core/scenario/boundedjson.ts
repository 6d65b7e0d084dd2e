import type { Problem } from '../contract/errors.ts'
import { packLimits } from './manifest.ts'
import { pointerOf, problemAt } from './problems.ts'

type Frame = { readonly isArray: boolean; index: number; key: string; readonly keys: Set<string> }

/**
 * Parses JSON from a stranger. Size, depth and number of values are counted over the text *before* it is parsed, without
 * recursion, so that 20,000 nested arrays cost a scan and not the stack. Repeated keys and `__proto__` are refused.
 */
export function parseBounded(bytes: Uint8Array, file: string): { value: unknown } | { problem: Problem } {
  if (bytes.byteLength > packLimits.jsonBytes)
    return { problem: problemAt('pack/too-large', file, '', `More than ${packLimits.jsonBytes} bytes of JSON.`) }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: problemAt('pack/bad-json', file, '', 'Not UTF-8.') }
  }
  const problem = scan(text, file)
  if (problem !== undefined) return { problem }
  try {
    return { value: JSON.parse(text) }
  } catch (cause) {
    return { problem: problemAt('pack/bad-json', file, '', cause instanceof Error ? cause.message : 'Not JSON.') }
  }
}

function scan(text: string, file: string): Problem | undefined {
  const stack: Frame[] = []
  let values = 0
  let awaitsKey = false
  const here = () => pointerOf(stack.map((frame) => (frame.isArray ? frame.index : frame.key)))
  for (let at = 0; at < text.length; at++) {
    const top = stack[stack.length - 1]
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = closingQuote(text, at)
        if (awaitsKey && top !== undefined && !top.isArray) {
          const key = unquote(text.slice(at, end + 1))
          top.key = key
          if (key === '__proto__') return problemAt('pack/unknown-key', file, here(), 'The key "__proto__" is refused.')
          if (top.keys.has(key)) return problemAt('pack/bad-json', file, here(), `The key "${key}" stands twice.`)
          top.keys.add(key)
          awaitsKey = false
        }
        at = end
        break
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY: {
        const isArray = text.charCodeAt(at) === OPEN_ARRAY
        if (stack.length >= packLimits.jsonDepth)
          return problemAt('pack/too-deep', file, here(), `Nested more than ${packLimits.jsonDepth} levels deep.`)
        stack.push({ isArray, index: 0, key: '', keys: new Set() })
        awaitsKey = !isArray
        values++
        break
      }
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        stack.pop()
        awaitsKey = false
        break
      case COMMA:
        if (top === undefined) break
        values++
        if (top.isArray) top.index++
        else awaitsKey = true
        break
    }
    if (values > packLimits.jsonNodes)
      return problemAt('pack/too-many', file, here(), `More than ${packLimits.jsonNodes} values.`)
  }
  return undefined
}

const QUOTE = 34
const COMMA = 44
const OPEN_ARRAY = 91
const BACKSLASH = 92
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

function closingQuote(text: string, open: number): number {
  let at = open + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
