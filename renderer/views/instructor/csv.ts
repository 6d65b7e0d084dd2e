import type { RecordSummary, Trainee } from '../../../core/contract/index.ts'

const COLUMNS = [
  'trainee',
  'group',
  'pack',
  'case',
  'start',
  'mode',
  'device',
  'state',
  'passed',
  'score',
  'errors',
  'started',
  'ended',
  'seed',
  'engine',
  'record',
] as const

/** All attempts as a table for a spreadsheet: one line each, CRLF, UTF-8 with a mark so that Cyrillic opens rightly. */
export function attemptsCsv(records: readonly RecordSummary[], trainees: readonly Trainee[]): string {
  const people = new Map(trainees.map((trainee) => [trainee.id, trainee]))
  const lines = records.map((record) => {
    const person = people.get(record.traineeId)
    return [
      person?.name ?? record.traineeId,
      person?.group ?? '',
      record.packId,
      record.caseId,
      record.start,
      record.mode,
      record.deviceClass,
      record.state,
      record.passed === null ? '' : record.passed ? 'yes' : 'no',
      record.score === null ? '' : String(record.score),
      record.errors.map(({ id }) => id).join(' '),
      record.startedAt,
      record.endedAt,
      String(record.seed),
      record.engine,
      record.recordHash,
    ]
  })
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** One cell. A text that a spreadsheet would run as a formula is marked as text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
