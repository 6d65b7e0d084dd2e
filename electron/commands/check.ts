import { loadBodies } from '../atlas/bodies.ts'
import { bonesText } from '../atlas/check/bones.ts'
import type { Gap } from '../atlas/check/contacts.ts'
import { checkFit } from '../atlas/check/fit.ts'
import { standardFolders } from '../atlas/folders.ts'
import { type CommandInput, type CommandOutcome, fileOption, textOption, UsageError } from './command.ts'

/** Measures how the structures of a body fit: attachments, branches, free ends, sections, bones. `--only` keeps gaps of ids that hold this text; `--figures` is the file of measured bones. */
export async function atlasCheck(input: CommandInput): Promise<CommandOutcome> {
  const folders = standardFolders()
  const bodies = [...loadBodies(folders.assets).keys()]
  const name = textOption(input, 'body') ?? 'male'
  if (!bodies.includes(name)) throw new UsageError(`--body takes one of: ${bodies.join(', ')}`)
  const fit = await checkFit(folders, name, fileOption(input, 'figures'))
  const { contacts, ends, sections } = fit
  const only = textOption(input, 'only')
  const mine = ({ structure, other }: Gap) => only === undefined || structure.includes(only) || other.includes(only)
  const line = (g: Gap) => `  ${g.structure} ${g.relation} ${g.other}: ${g.mm} mm`
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const text = [
    `attachments and branches: ${contacts.gaps.length} gaps of ${contacts.checked}`,
    ...contacts.gaps.filter(mine).map(line),
    `free ends of vessels, nerves and ducts: ${ends.gaps.length} of ${ends.checked}`,
    ...ends.gaps.filter(mine).map(line),
    `axial sections: ${percent(sections.unassignedShare)} unassigned, ${percent(sections.filledShare)} fat and spaces alone, ${percent(sections.twiceShare)} claimed twice`,
    ...sections.pairs
      .filter(({ a, b }) => only === undefined || a.includes(only) || b.includes(only))
      .map(({ a, b, mm2 }) => `  ${a} and ${b}: ${mm2} mm²`),
    ...(fit.bones ? bonesText(fit.bones) : ['bones: not measured; --figures FILE takes the figures of measured bones']),
  ]
  return { exit: 0, text: text.join('\n'), json: fit }
}
