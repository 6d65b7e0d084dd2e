import type { Command } from './command.ts'

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

/** Every command of `sina`. Each is loaded when it is called. */
export const commands: readonly Command[] = [
  {
    name: 'start',
    summary: 'build what is missing and open the app, at a scene of living tissue when one is named',
    words: [],
    options: { data: text, port: text, scene: text },
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'serve',
    summary: 'the app without a window; prints its address',
    words: [],
    options: { data: text, port: text, token: text, 'no-build': flag },
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'test',
    summary: 'run every test: types, lint, unit, e2e',
    words: [],
    options: { only: text },
    load: async () => (await import('./test.ts')).test,
  },
  {
    name: 'atlas build',
    summary: 'build the bodies from their definitions',
    words: [],
    options: { progress: flag },
    load: async () => (await import('./atlas.ts')).atlasBuild,
  },
  {
    name: 'atlas export',
    summary: 'write a body as one mesh file per structure: stl (mm), glb (m) or obj (mm)',
    words: ['DIR'],
    options: { format: text, pose: text, seed: text, body: text },
    load: async () => (await import('./atlas.ts')).atlasExport,
  },
  {
    name: 'atlas sheets',
    summary: 'draw the contact sheets of the body (assets/sheets.yaml) as PNG files',
    words: ['DIR'],
    options: { only: text },
    load: async () => (await import('./atlas.ts')).atlasSheets,
  },
  {
    name: 'atlas terms',
    summary: 'export all names for a native reviewer (--review), or take them back (--import)',
    words: [],
    options: { review: flag, out: text, import: text, reviewer: text },
    load: async () => (await import('./terms.ts')).atlasTerms,
  },
  {
    name: 'atlas check',
    summary:
      'measure how a body fits together: attachments, branches, free ends, axial sections; bones beside measured ones',
    words: [],
    options: { body: text, only: text, figures: text },
    load: async () => (await import('./check.ts')).atlasCheck,
  },
  {
    name: 'atlas fidelity',
    summary: 'score both bodies against the measured reference, for those who have it',
    words: [],
    options: { tool: text, reference: text, figures: text, out: text },
    load: async () => (await import('./fidelity.ts')).atlasFidelity,
  },
  {
    name: 'pack check',
    summary: 'check a pack: a folder or a .sinapack file',
    words: ['PATH'],
    options: {},
    load: async () => (await import('./pack.ts')).packCheck,
  },
  {
    name: 'simulate',
    summary: 'let an operator play a case',
    words: ['CASE'],
    options: {
      operator: text,
      seed: text,
      start: text,
      mode: text,
      tremor: text,
      delay: text,
      margin: text,
      out: text,
    },
    load: async () => (await import('./play.ts')).simulateCommand,
  },
  {
    name: 'verify',
    summary: 'check a record file: hashes, then replay',
    words: ['FILE'],
    options: {},
    load: async () => (await import('./play.ts')).verifyCommand,
  },
  {
    name: 'bench',
    summary:
      'measure atlas, scene, simulation, physiology, determinism, or operators and soak (violence) by name; budgets beside each figure',
    words: ['GROUP'],
    optionalWords: 1,
    options: { figures: text, minutes: text, scene: texts, part: text },
    load: async () => (await import('./bench.ts')).bench,
  },
  {
    name: 'records export',
    summary: 'write all records with their input into a folder',
    words: ['DIR'],
    options: { data: text },
    load: async () => (await import('./records.ts')).recordsExport,
  },
  {
    name: 'records verify',
    summary: 'replay all records and check the log',
    words: [],
    options: { data: text },
    load: async () => (await import('./records.ts')).recordsVerify,
  },
  {
    name: 'records backup',
    summary: 'back the database up now',
    words: [],
    options: { data: text },
    load: async () => (await import('./records.ts')).recordsBackup,
  },
  {
    name: 'records restore',
    summary: 'go back to a backup (the newest when none is named)',
    words: ['FILE'],
    optionalWords: 1,
    options: { data: text },
    load: async () => (await import('./records.ts')).recordsRestore,
  },
]

/** How commands are written, all of them or some. */
export function usage(some: readonly Command[] = commands): string {
  const lines = some.map(({ name, words, options, summary }) => {
    const flags = Object.entries(options).map(([key, { type, multiple }]) =>
      type === 'string' ? `[--${key} …]${multiple ? '…' : ''}` : `[--${key}]`,
    )
    return `  sina ${[name, ...words, ...flags].join(' ')}\n      ${summary}`
  })
  return ['Usage (every command takes --json):', ...lines, '  sina help [COMMAND]'].join('\n')
}
