import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Condition } from '../../../core/scenario/condition.ts'
import { type Case, caseSchema } from '../../../core/scenario/schema.ts'
import type { Action, SimEvent } from '../../../core/simulation/contract.ts'
import { OBSERVABLE_INDEX, OBSERVABLES, type Observable } from '../../../core/simulation/observables.ts'

export const packFolder = join(import.meta.dirname, '../../../scenarios/chest-drain')

/** Files of a folder by path with slashes. */
export function filesOf(folder: string, prefix = ''): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      for (const [name, bytes] of filesOf(path, `${prefix}${entry.name}/`)) files.set(name, bytes)
    else files.set(prefix + entry.name, new Uint8Array(readFileSync(path)))
  }
  return files
}

export const chestDrain = (): Case =>
  caseSchema.parse(JSON.parse(readFileSync(join(packFolder, 'cases/chest-drain.json'), 'utf8')))

export function act(verb: string, object = '', value?: number): Action {
  return value === undefined ? { tick: 0, hand: 0, verb, object } : { tick: 0, hand: 0, verb, object, value }
}

export const hit = (structure: 'lung' | 'bundle', byMm = 1): SimEvent => ({
  type: 'hit',
  structure,
  tool: 'forceps',
  byMm,
})

/** Observables that are all zero but for the ones named. */
export function observed(values: Partial<Record<Observable, number>> = {}): Float64Array {
  const all = new Float64Array(OBSERVABLES.length)
  for (const [name, value] of Object.entries(values)) all[OBSERVABLE_INDEX[name as Observable]] = value
  return all
}

const step = (id: string, done: Condition, more: object = {}) => ({
  id,
  title: '@a.b',
  done,
  hints: [{ text: '@a.b' }, { text: '@a.b' }, { text: '@a.b', reveals: 'diagnosis' }],
  weight: 1,
  ...more,
})

/** A whole valid case, small enough to reason about. `more` replaces top-level keys. */
export function tinyCase(more: object = {}): Case {
  const text = '@a.b'
  const source = { cite: 'A source.' }
  const bar = {
    value: 0,
    direction: 'at-most',
    best: 0,
    worst: 1,
    source,
    n: 0,
    deviceClass: 'any',
    date: '2026-01-01',
    provisional: true,
  }
  return caseSchema.parse({
    format: 1,
    id: 'tiny',
    title: text,
    summary: text,
    tier: 'headset',
    minutes: 5,
    field: { region: 'thorax', pose: 'supine' },
    objectives: [text],
    indications: [text],
    facts: {},
    drugs: [],
    starts: [
      {
        id: 'one',
        title: text,
        summary: text,
        diagnosis: 'right',
        chart: { complaint: text, history: [], allergies: [], medication: [], observations: [], images: [] },
        physiology: {
          kind: 'stable',
          ventilation: 'breathing',
          airMl: 500,
          leakMlMin: 0,
          timeScale: 1,
          oxygen: 0,
          bedHeadUpDegrees: 0,
        },
      },
    ],
    profiles: [
      {
        id: 'man',
        title: text,
        share: 1,
        sex: 'male',
        age: [20, 30],
        heightM: [1.7, 1.8],
        bmi: [20, 25],
        wallMm: [25, 35],
      },
    ],
    diagnoses: [
      { id: 'right', title: text },
      { id: 'wrong', title: text },
    ],
    tools: [{ id: 'finger', title: text, kind: 'finger', use: text }],
    orders: [{ id: 'film', title: text, verb: 'order', delaySeconds: 1, results: [{ text }] }],
    questions: [
      {
        id: 'ask',
        text,
        options: [
          { id: 'no', text },
          { id: 'yes', text, right: true },
        ],
        explain: text,
      },
    ],
    checklists: [
      {
        id: 'list',
        title: text,
        items: [
          { id: 'first', text },
          { id: 'second', text },
        ],
      },
    ],
    phases: [
      {
        id: 'only',
        title: text,
        order: 'free',
        steps: [
          step('look', { is: 'action', verb: 'examine' }),
          step('oxygen', { is: 'observe', name: 'oxygen.on', atLeast: 1 }),
          step('sweep', { is: 'observe', name: 'sweep.degrees', atLeast: 330 }, { requires: ['oxygen'] }),
        ],
      },
    ],
    errors: [
      {
        id: 'lung',
        title: text,
        when: { is: 'hit', structure: 'lung' },
        severity: 'critical',
        consequence: text,
        remedy: text,
        steps: ['sweep'],
        drill: 'hands',
        source,
      },
      {
        id: 'hypoxia',
        title: text,
        when: { is: 'observe', name: 'vitals.spo2', atLeast: 1, atMost: 80 },
        severity: 'major',
        consequence: text,
        remedy: text,
        steps: [],
        drill: 'hands',
        source,
      },
    ],
    note: [
      {
        type: 'choice',
        id: 'side',
        title: text,
        options: [
          { id: 'left', text, rightWhen: { is: 'sick-side', side: 'left' } },
          { id: 'right', text, rightWhen: { is: 'sick-side', side: 'right' } },
        ],
        weight: 1,
      },
      {
        type: 'figure',
        id: 'depth',
        title: text,
        unit: 'mm',
        observable: 'drain.depthMm',
        tolerance: 10,
        range: { atLeast: 0, atMost: 300 },
        weight: 1,
      },
    ],
    outcomes: [{ id: 'over', title: text, text, when: { is: 'action', verb: 'finish' }, kind: 'finished' }],
    drills: [{ id: 'hands', title: text, text, minutes: 3 }],
    metrics: [
      {
        id: 'critical',
        title: text,
        group: 'safety',
        measure: { of: 'errors', severity: 'critical' },
        unit: '',
        bars: [bar],
        weight: 50,
        drill: 'hands',
      },
      {
        id: 'time',
        title: text,
        group: 'time',
        measure: { of: 'interval', to: { is: 'action', verb: 'finish' } },
        unit: 's',
        bars: [{ ...bar, value: 100, best: 50, worst: 200 }],
        weight: 50,
        drill: 'hands',
      },
    ],
    score: { majorPenalty: 10, minorPenalty: 3, passScore: 70 },
    pad: { seconds: 60, tasks: [{ id: 'touch', title: text, text, done: { is: 'contact' }, tool: 'finger' }] },
    expert: [{ start: 'one', operator: 'expert', seed: 1 }],
    sources: [source],
    reviewers: [],
    ...more,
  })
}
