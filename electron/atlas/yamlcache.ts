import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/**
 * Parses YAML, keeping what it says as JSON by the digest of the text: YAML is read at about a megabyte a second, the
 * whole body's definitions are several. Without a folder, or where it cannot be written, it only parses.
 * @throws YAMLParseError
 */
export function parseYaml(text: string, folder: string | undefined): unknown {
  if (folder === undefined) return parse(text)
  const path = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // not kept yet, or damaged: parsed anew
  }
  const content: unknown = parse(text) ?? null
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(content))
    renameSync(`${path}.${process.pid}`, path)
  } catch {
    // a folder that cannot be written costs time, nothing else
  }
  return content
}
