import type { Problem } from '../contract/errors.ts'

/** Why a pack is refused, and what its author can do. The page translates `packs:<code>`; the words here are for the log. */
export const remedies = {
  'pack/not-zip': 'Export the pack again as a .sinapack (zip) file.',
  'pack/zip-unsupported': 'Pack with plain deflate, without encryption, ZIP64 or links.',
  'pack/bad-path': 'Use relative paths of a–z, 0–9, dot, dash and underscore; no "..", no links.',
  'pack/too-large': 'Make the file smaller or split the pack.',
  'pack/too-many-files': 'Remove files or split the pack.',
  'pack/zip-bomb': 'Pack without files that unpack to many times their size.',
  'pack/damaged': 'Copy or download the pack again.',
  'pack/missing-file': 'Add the file or remove what names it.',
  'pack/unexpected-file': 'Remove the file: a pack holds pack.json, signature.json, cases, locales and media.',
  'pack/active-media': 'Use still images or sound without scripts, event handlers or links.',
  'pack/bad-json': 'Correct the JSON at this place.',
  'pack/too-deep': 'Nest less deeply.',
  'pack/too-many': 'Use fewer entries.',
  'pack/unknown-key': 'Remove the key or correct its spelling; see the published schema.',
  'pack/invalid': 'Correct the value; see the published schema.',
  'pack/format': 'Convert the pack to a format that this app reads.',
  'pack/needs-newer-app': 'Update the app.',
  'pack/duplicate-id': 'Give each entry an id of its own.',
  'pack/unknown-reference': 'Name something that the case defines.',
  'pack/missing-text': 'Add the text to the locale file.',
  'pack/placeholder': 'Use only facts of the case and the patient placeholders, the same in every language.',
  'pack/rule': 'Change the case as the reason says.',
  'pack/bad-signature': 'Ask the author for an unchanged pack, or remove signature.json to load it as unsigned.',
} as const

export type PackProblemCode = keyof typeof remedies

/** A problem with its remedy. `pointer` is a JSON pointer (RFC 6901); empty for the whole file. */
export function problemAt(code: PackProblemCode, file: string, pointer: string, reason: string): Problem {
  return { code, file, pointer, reason, remedy: remedies[code] }
}

/** The JSON pointer of a path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
