import type { Command } from './command.ts'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** Every command of `sina`. Each is loaded when it is called. */
export const commands: readonly Command[] = [
  {
    name: 'start',
    summary: 'build what is missing and open the app',
    words: [],
    options: { data: text, port: text },
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'serve',
    summary: 'the app without a window; prints its address',
    words: [],
    options: { data: text, port: text, token: text, 'no-build': flag },
    load: async () => (await import('./serve.ts')).serve,
  },
]

export function usage(): string {
  const lines = commands.map(({ name, words, options, summary }) => {
    const flags = Object.entries(options).map(([key, { type }]) => (type === 'string' ? `[--${key} …]` : `[--${key}]`))
    return `  sina ${[name, ...words, ...flags].join(' ')}\n      ${summary}`
  })
  return ['Usage (every command takes --json):', ...lines, '  sina help'].join('\n')
}
