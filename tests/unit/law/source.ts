/** Reads the project's own sources as syntax trees, so that the dependency law is judged from the imports themselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { parseSync } from 'vite'

export interface Node {
  type: string
  [key: string]: unknown
}

export interface Source {
  /** path from the project root, with forward slashes */
  path: string
  program: Node
  /** every module specifier, static, re-exported or dynamic; `typeOnly` marks those that vanish at run time */
  imports: { specifier: string; typeOnly: boolean }[]
}

const root = join(import.meta.dirname, '../../..')

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Calls `visit` for every node with its parent and the key it hangs on. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | undefined, key: string) => void,
  parent?: Node,
  key = '',
): void {
  visit(node, parent, key)
  for (const [name, value] of Object.entries(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) walk(item, visit, node, name)
    } else if (isNode(value)) walk(value, visit, node, name)
  }
}

export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const tree = program as unknown as Node
  const imports: Source['imports'] = []
  walk(tree, (node) => {
    const source = node.source
    if (!isNode(source) || typeof source.value !== 'string') return
    const typeOnly = node.importKind === 'type' || node.exportKind === 'type'
    imports.push({ specifier: source.value, typeOnly })
  })
  return { path, program: tree, imports }
}

/** All TypeScript files under the given top-level folders. */
export function readSources(folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .sort()
      .map((file) => {
        const path = relative(root, join(root, folder, file))
          .split(sep)
          .join('/')
        return parseSource(path, readFileSync(join(root, path), 'utf8'))
      }),
  )
}

/** The project path a relative specifier points at, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : undefined
}
