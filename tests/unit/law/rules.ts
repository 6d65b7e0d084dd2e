/** The dependency law of the project: who may import whom, and what pure code may touch. */
import { type Node, resolveImport, type Source, walk } from './source.ts'

/** Folder → folders of ours that it may import. */
const allowed: Record<string, readonly string[]> = {
  core: ['core'],
  assets: ['assets', 'core'],
  renderer: ['renderer', 'core', 'assets', 'scenarios'],
  electron: ['electron', 'core', 'assets', 'scenarios'],
}

const corePackages = [/^zod(\/|$)/, /^@noble\//, /^fflate$/]

const forbiddenGlobals = new Set(
  'window document navigator location localStorage fetch XMLHttpRequest WebSocket Worker postMessage process Buffer __dirname require setTimeout setInterval setImmediate requestAnimationFrame performance Date THREE HTMLElement'.split(
    ' ',
  ),
)

/** Folders whose results enter a state hash or a score: engines differ in everything else of Math. */
const exactFolders = [
  'core/simulation/',
  'core/physiology/',
  'core/scenario/',
  'core/scoring/',
  'core/records/',
  'core/session/',
]
const exactMath = new Set(['abs', 'min', 'max', 'floor', 'ceil', 'trunc', 'fround', 'imul', 'sqrt', 'sign', 'clz32'])
const inexactMembers = new Set(['localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase'])

const folderOf = (path: string) => path.split('/')[0]!

function declaredNames(program: Node): Set<string> {
  const names = new Set<string>()
  const addPattern = (pattern: Node) =>
    walk(pattern, (node, parent, key) => {
      if (node.type === 'Identifier' && !(parent?.type === 'Property' && key === 'key')) names.add(node.name as string)
    })
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' || node.type.startsWith('Function') || node.type === 'ClassDeclaration')
      if (node.id) addPattern(node.id as Node)
    if (node.type === 'FormalParameters' || node.type === 'FormalParameter') addPattern(node)
    if (node.type.startsWith('Function') || node.type === 'ArrowFunctionExpression')
      for (const parameter of (node.params as Node[] | undefined) ?? []) addPattern(parameter)
    if (/^Import(Default|Namespace)?Specifier$/.test(node.type)) addPattern(node.local as Node)
  })
  return names
}

const isReference = (parent: Node | undefined, key: string) =>
  parent !== undefined &&
  !parent.type.startsWith('TS') &&
  !(key === 'property' && parent.computed !== true) &&
  !(key === 'key' && parent.computed !== true) &&
  key !== 'label'

/** What is wrong with the imports of one file. */
export function importFaults(source: Source): string[] {
  const folder = folderOf(source.path)
  const faults: string[] = []
  for (const { specifier } of source.imports) {
    const target = resolveImport(source.path, specifier)
    if (target === undefined) {
      if (folder === 'core' && !corePackages.some((pattern) => pattern.test(specifier)))
        faults.push(`${source.path}: core may not import the package "${specifier}"`)
      if (folder === 'renderer' && (specifier.startsWith('node:') || specifier === 'electron'))
        faults.push(`${source.path}: the page may not import "${specifier}"`)
      continue
    }
    const to = folderOf(target)
    if (!allowed[folder]!.includes(to)) faults.push(`${source.path}: ${folder} may not import ${to} ("${specifier}")`)
  }
  return faults
}

/** What a file of core touches that it may not: DOM, Node, clocks, chance, inexact arithmetic. */
export function purityFaults(source: Source): string[] {
  const faults: string[] = []
  const declared = declaredNames(source.program)
  const exact = exactFolders.some((folder) => source.path.startsWith(folder))
  walk(source.program, (node, parent, key) => {
    if (node.type === 'Identifier' && isReference(parent, key)) {
      const name = node.name as string
      if (forbiddenGlobals.has(name) && !declared.has(name)) faults.push(`${source.path}: touches ${name}`)
      if (exact && name === 'Intl' && !declared.has(name)) faults.push(`${source.path}: touches Intl`)
    }
    if (node.type === 'MemberExpression') {
      const object = node.object as Node
      const property = node.property as Node
      const member = node.computed === true ? '[computed]' : (property.name as string)
      if (object.type === 'Identifier' && object.name === 'Math') {
        if (member === 'random') faults.push(`${source.path}: Math.random`)
        else if (exact && !exactMath.has(member)) faults.push(`${source.path}: Math.${member} differs between engines`)
      }
      if (exact && inexactMembers.has(member)) faults.push(`${source.path}: ${member} depends on the locale`)
    }
    if (exact && (node.type === 'BinaryExpression' || node.type === 'AssignmentExpression'))
      if (node.operator === '**' || node.operator === '**=') faults.push(`${source.path}: ** differs between engines`)
  })
  return faults
}

/** Import cycles among files, as paths; type-only imports vanish at run time and do not count. */
export function importCycles(sources: Source[]): string[][] {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ specifier }) => resolveImport(source.path, specifier))
        .filter((target): target is string => target !== undefined),
    ]),
  )
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'closed'>()
  const trail: string[] = []
  const visit = (path: string): void => {
    if (state.get(path) === 'closed') return
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path])
      return
    }
    state.set(path, 'open')
    trail.push(path)
    for (const next of edges.get(path) ?? []) visit(next)
    trail.pop()
    state.set(path, 'closed')
  }
  for (const path of edges.keys()) visit(path)
  return cycles
}
