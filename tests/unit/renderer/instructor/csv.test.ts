import { expect, test } from 'vitest'
import type { RecordSummary, Trainee } from '../../../../core/contract/index.ts'
import { attemptsCsv } from '../../../../renderer/views/instructor/csv.ts'

const record = {
  recordId: 'r',
  traineeId: 't',
  packId: 'sina.chest-drain',
  caseId: 'chest-drain',
  start: 'stable',
  mode: 'assessment',
  deviceClass: 'mouse',
  state: 'finished',
  passed: false,
  score: 42.5,
  errors: [{ id: 'no-sweep', severity: 'critical', tick: 4 }],
  startedAt: '2026-11-26T11:00:00.000Z',
  endedAt: '2026-11-26T11:10:00.000Z',
  seed: 3,
  engine: 'e',
  recordHash: 'h',
} as unknown as RecordSummary
const person = (name: string, group = '') => ({ id: 't', name, group }) as Trainee
const rows = (name: string, group?: string) => attemptsCsv([record], [person(name, group)]).split('\r\n')

test('one line an attempt, with names, score and errors', () => {
  expect(attemptsCsv([], [])).toMatch(/^\uFEFFtrainee,group,.*,record\r\n$/)
  expect(rows('Нодира', 'А')[1]).toMatch(
    /^Нодира,А,sina\.chest-drain,chest-drain,stable,assessment,mouse,finished,no,42\.5,/,
  )
})

test('quotes what would break the table, and disarms what a spreadsheet would run', () => {
  expect(rows('Karimov, "Olim"')[1]).toMatch(/^"Karimov, ""Olim""",/)
  expect(rows('=HYPERLINK("x")')[1]).toMatch(/^"'=HYPERLINK/)
  expect(rows('@x', '+1-2')[1]).toMatch(/^'@x,'\+1-2,/)
})
