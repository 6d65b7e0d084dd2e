import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

const LOG_BYTES_MAX = 8 * 1024 * 1024

/** Opens the log file of a data folder; the one before is kept once it has grown past 8 MiB. Names never go into it. */
export function openLog(folder: string): Logger {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const file = join(logs, 'sina.log')
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) renameSync(file, `${file}.1`)
  return pino(
    { level: 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, sync: true }),
  )
}
