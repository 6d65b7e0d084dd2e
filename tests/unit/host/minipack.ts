import { zipSync } from 'fflate'
import type { Manifest } from '../../../core/scenario/manifest.ts'
import type { Case } from '../../../core/scenario/schema.ts'

const source = { cite: 'made for tests' }
const text = '@text'

/** The smallest case that the schema takes: one step, one error that can spoil it. */
export const miniCase: Case = {
  format: 1,
  id: 'mini',
  title: '@case.title',
  summary: text,
  tier: 'headset',
  minutes: 5,
  field: { region: 'thorax', pose: 'chest-drain' },
  objectives: [text],
  indications: [text],
  facts: {},
  drugs: [],
  starts: [
    {
      id: 'stable',
      title: text,
      summary: text,
      chart: { complaint: text, history: [], allergies: [], medication: [], observations: [], images: [] },
      diagnosis: 'one',
      physiology: {
        kind: 'stable',
        ventilation: 'breathing',
        airMl: 1000,
        leakMlMin: 0,
        timeScale: 1,
        oxygen: 0,
        bedHeadUpDegrees: 30,
      },
    },
  ],
  profiles: [
    {
      id: 'slim-man',
      title: text,
      share: 1,
      sex: 'male',
      age: [20, 30],
      heightM: [1.7, 1.8],
      bmi: [20, 22],
      wallMm: [25, 30],
    },
  ],
  diagnoses: [
    { id: 'one', title: text },
    { id: 'two', title: text },
  ],
  tools: [{ id: 'finger', title: text, kind: 'finger', use: text }],
  orders: [],
  questions: [],
  checklists: [],
  phases: [
    {
      id: 'only',
      title: text,
      order: 'free',
      steps: [
        { id: 'wait', title: text, done: { is: 'elapsed', seconds: 1 }, hints: [{ text }], weight: 1 },
        { id: 'wait-more', title: text, done: { is: 'elapsed', seconds: 2 }, hints: [{ text }], weight: 1 },
      ],
    },
  ],
  errors: [
    {
      id: 'slow',
      title: text,
      when: { is: 'elapsed', seconds: 60 },
      severity: 'minor',
      consequence: text,
      remedy: text,
      steps: ['wait-more'],
      drill: 'again',
      source,
    },
  ],
  note: [],
  outcomes: [{ id: 'over', title: text, text, when: { is: 'elapsed', seconds: 90 }, kind: 'finished' }],
  drills: [{ id: 'again', title: text, text, minutes: 5 }],
  metrics: [
    {
      id: 'steps',
      title: text,
      group: 'knowledge',
      measure: { of: 'share', what: 'steps' },
      unit: '%',
      bars: [
        {
          value: 80,
          direction: 'at-least',
          best: 100,
          worst: 0,
          source,
          n: 0,
          deviceClass: 'any',
          date: '2026-01-01',
          provisional: true,
        },
      ],
      weight: 1,
      drill: 'again',
    },
  ],
  score: { majorPenalty: 10, minorPenalty: 2, passScore: 70 },
  pad: { seconds: 60, tasks: [{ id: 'turn', title: text, text, done: { is: 'elapsed', seconds: 1 }, tool: 'finger' }] },
  expert: [{ start: 'stable', operator: 'expert', seed: 1 }],
  sources: [source],
  reviewers: [],
} as Case

export const miniManifest: Manifest = {
  format: 1,
  id: 'mini-pack',
  version: '1.0.0',
  minApp: '0.1.0',
  title: '@pack.title',
  summary: text,
  languages: ['en', 'ru', 'uz'],
  licence: 'MIT',
  authors: ['Test'],
  reviewer: null,
  reviewBy: '2030-01-01',
  sources: [source],
  cases: ['cases/mini.json'],
}

/** Files of a pack that is whole; `change` makes it another one. */
export function miniFiles(change: { manifest?: Partial<Manifest>; files?: Record<string, Uint8Array> } = {}) {
  const locale = (language: string) => ({
    text: 'text',
    'case.title': `Mini case (${language})`,
    'pack.title': `Mini (${language})`,
  })
  return {
    'pack.json': json({ ...miniManifest, ...change.manifest }),
    'cases/mini.json': json(miniCase),
    'locales/en.json': json(locale('en')),
    'locales/ru.json': json(locale('ru')),
    'locales/uz.json': json(locale('uz')),
    ...change.files,
  }
}

export function miniZip(change: Parameters<typeof miniFiles>[0] = {}): Uint8Array {
  return zipSync(miniFiles(change))
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
