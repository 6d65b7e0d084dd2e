import type { z } from 'zod'
import type { Problem } from '../contract/errors.ts'
import { parseBounded } from './boundedjson.ts'
import { limitProblems } from './caselimits.ts'
import {
  type LocaleTexts,
  localeSchema,
  type Manifest,
  manifestSchema,
  PACK_FORMAT,
  type PackSignature,
  packLimits,
  signatureSchema,
} from './manifest.ts'
import { mediaProblems, textProblems } from './packmedia.ts'
import { caseRules } from './packrules.ts'
import { pointerOf, problemAt } from './problems.ts'
import { type Case, caseSchema, type Pack } from './schema.ts'
import { packDigest, SIGNATURE_FILE, signatureProblems } from './signature.ts'
import type { PackFiles } from './unzip.ts'

/** A pack that may be used, or all that is wrong with it. Whether a signer is trusted is for the host to say. */
export type PackReading =
  | {
      readonly pack: Pack
      readonly digest: string
      readonly signature: 'valid' | 'none'
      readonly signer: { readonly publicKey: string; readonly name: string } | null
    }
  | { readonly problems: Problem[] }

/** Problems shown at most: an author mends a few at a time, and a hostile pack should not fill the screen. */
const PROBLEMS_SHOWN = 50
const KNOWN_FILE = /^(pack\.json|signature\.json|cases\/[a-z0-9-]+\.json|locales\/(en|ru|uz)\.json|media\/.+)$/

type Reader = { readonly files: PackFiles; readonly problems: Problem[] }

/**
 * Checks the files of a pack and parses them. Everything is counted before it is parsed, unknown keys are refused, and
 * every problem names file, JSON pointer, reason and remedy. `appVersion`: semantic version of this app.
 */
export function readPack(files: PackFiles, appVersion: string): PackReading {
  const reader: Reader = { files, problems: [] }
  checkFiles(reader)
  const manifest = readManifest(reader, appVersion)
  const signature = files.has(SIGNATURE_FILE) ? readAs(reader, SIGNATURE_FILE, signatureSchema) : undefined
  if (signature !== undefined) reader.problems.push(...signatureProblems(files, signature))
  if (manifest === undefined || reader.problems.length > 0) return refused(reader)
  const pack = readContent(reader, manifest)
  if (pack === undefined || reader.problems.length > 0) return refused(reader)
  return {
    pack,
    digest: packDigest(files),
    signature: signature === undefined ? 'none' : 'valid',
    signer: signerOf(signature),
  }
}

function signerOf(signature: PackSignature | undefined) {
  return signature === undefined ? null : { publicKey: signature.publicKey, name: signature.signer }
}

function refused({ problems }: Reader): PackReading {
  return { problems: problems.slice(0, PROBLEMS_SHOWN) }
}

function checkFiles({ files, problems }: Reader): void {
  let total = 0
  for (const [path, bytes] of files) {
    total += bytes.byteLength
    if (!KNOWN_FILE.test(path)) problems.push(problemAt('pack/unexpected-file', path, '', 'No pack holds this file.'))
  }
  if (files.size > packLimits.files)
    problems.push(
      problemAt('pack/too-many-files', '', '', `${files.size} files; at most ${packLimits.files} are taken.`),
    )
  if (total > packLimits.totalBytes)
    problems.push(problemAt('pack/too-large', '', '', `More than ${packLimits.totalBytes} bytes.`))
}

function readManifest(reader: Reader, appVersion: string): Manifest | undefined {
  const value = readJson(reader, 'pack.json')
  if (value === undefined) return undefined
  const { format } = value as { format?: unknown }
  if (typeof format === 'number' && format !== PACK_FORMAT) {
    const reason = `Format ${format}; this app reads format ${PACK_FORMAT}.`
    reader.problems.push(problemAt('pack/format', 'pack.json', '/format', reason))
    return undefined
  }
  const manifest = parseAs(reader, 'pack.json', value, manifestSchema)
  if (manifest !== undefined && isOlder(appVersion, manifest.minApp)) {
    const reason = `The pack needs version ${manifest.minApp}; this is ${appVersion}.`
    reader.problems.push(problemAt('pack/needs-newer-app', 'pack.json', '/minApp', reason))
  }
  return manifest
}

function readContent(reader: Reader, manifest: Manifest): Pack | undefined {
  const cases = manifest.cases.map((file) => ({ file, source: readCase(reader, file) }))
  const locales: Partial<Record<Manifest['languages'][number], LocaleTexts>> = {}
  for (const language of manifest.languages) {
    const texts = readAs(reader, `locales/${language}.json`, localeSchema)
    if (texts !== undefined) locales[language] = texts
  }
  for (const path of reader.files.keys())
    if (path.startsWith('cases/') && !manifest.cases.includes(path))
      reader.problems.push(problemAt('pack/unexpected-file', path, '', 'pack.json does not name this case.'))
  if (reader.problems.length > 0) return undefined
  const read = cases.map(({ file, source }) => ({ file, source: source! }))
  reader.problems.push(...caseRules(read))
  reader.problems.push(...textProblems(manifest, read, locales))
  reader.problems.push(...mediaProblems(manifest, read, reader.files))
  return { manifest, cases: read.map(({ source }) => source), locales }
}

function readCase(reader: Reader, file: string): Case | undefined {
  const value = readJson(reader, file)
  if (value === undefined) return undefined
  const tooMuch = limitProblems(value, file)
  reader.problems.push(...tooMuch)
  return tooMuch.length > 0 ? undefined : parseAs(reader, file, value, caseSchema)
}

function readAs<T>(reader: Reader, file: string, schema: z.ZodType<T>): T | undefined {
  const value = readJson(reader, file)
  return value === undefined ? undefined : parseAs(reader, file, value, schema)
}

function readJson({ files, problems }: Reader, file: string): unknown {
  const bytes = files.get(file)
  if (bytes === undefined) {
    problems.push(problemAt('pack/missing-file', file, '', 'The file is not in the pack.'))
    return undefined
  }
  const parsed = parseBounded(bytes, file)
  if ('problem' in parsed) {
    problems.push(parsed.problem)
    return undefined
  }
  return parsed.value
}

function parseAs<T>({ problems }: Reader, file: string, value: unknown, schema: z.ZodType<T>): T | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues.slice(0, PROBLEMS_SHOWN)) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys)
        problems.push(problemAt('pack/unknown-key', file, pointerOf([...issue.path, key]), `Unknown key "${key}".`))
    else problems.push(problemAt('pack/invalid', file, pointerOf(issue.path), issue.message))
  }
  return undefined
}

/** Whether version `a` comes before `b`; a pre-release comes before its release, pre-releases by their text. */
export function isOlder(a: string, b: string): boolean {
  const [coreA, preA] = split(a)
  const [coreB, preB] = split(b)
  for (let i = 0; i < 3; i++) if (coreA[i] !== coreB[i]) return coreA[i] < coreB[i]
  return preA !== preB && preA !== '' && (preB === '' || preA < preB)
}

function split(version: string): [number[], string] {
  const dash = version.indexOf('-')
  const core = dash < 0 ? version : version.slice(0, dash)
  return [core.split('.').map(Number), dash < 0 ? '' : version.slice(dash + 1)]
}
