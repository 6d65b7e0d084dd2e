import { existsSync, readFileSync, statSync } from 'node:fs'
import { AppError, type Problem } from '../../core/contract/errors.ts'
import { readPack } from '../../core/scenario/packcheck.ts'
import { readZip } from '../../core/scenario/unzip.ts'
import { readFolder } from '../host/packs/reading.ts'
import type { CommandInput, CommandOutcome } from './command.ts'
import { appVersion } from './hosting.ts'

/** Checks a pack's folder or zip as the import does, and prints every problem. */
export async function packCheck({ words: [path] }: CommandInput): Promise<CommandOutcome> {
  if (!existsSync(path)) throw new AppError('host/not-found', { where: path })
  const opened = statSync(path).isDirectory() ? { files: readFolder(path) } : readZip(readFileSync(path))
  const reading = 'problems' in opened ? opened : readPack(opened.files, appVersion())
  if ('problems' in reading) {
    return {
      exit: 1,
      text: reading.problems.map(line).join('\n'),
      json: { ok: false, problems: reading.problems },
    }
  }
  const { manifest, cases } = reading.pack
  const { id, version } = manifest
  const names = cases.map((found) => found.id)
  return {
    exit: 0,
    text: `${id} ${version}: good (${names.join(', ')}; ${reading.signer ? `signed by ${reading.signer.name}` : 'unsigned'})`,
    json: { ok: true, id, version, digest: reading.digest, cases: names, signer: reading.signer, problems: [] },
  }
}

function line({ file, pointer, reason, remedy, code }: Problem): string {
  return `${file || 'pack'}${pointer === '' ? '' : `#${pointer}`}: ${reason} (${code}) ${remedy}`
}
