import { zipSync } from 'fflate'

/** A file of a chosen folder, with its path from that folder on. */
export type FolderFile = { readonly path: string; readonly bytes: Uint8Array }

/** A folder as the zip that an import takes. What systems leave lying about (`.DS_Store`, `Thumbs.db`) stays out. */
export function zipFolder(files: readonly FolderFile[]): Uint8Array {
  const wanted = files.filter(({ path }) => !path.split('/').some(isLitter))
  return zipSync(Object.fromEntries(wanted.map(({ path, bytes }) => [path, bytes])), { level: 0 })
}

/** Reads the files that a folder picker gave. */
export async function readChosen(files: readonly File[]): Promise<FolderFile[]> {
  return Promise.all(
    files.map(async (file) => ({
      path: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  )
}

/** Reads a folder that was dropped on the page. */
export async function readDropped(entry: FileSystemEntry, prefix = ''): Promise<FolderFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))
    return [{ path: prefix + entry.name, bytes: new Uint8Array(await file.arrayBuffer()) }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FolderFile[] = []
  // A reader gives a folder in portions; an empty one is the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed))
    if (portion.length === 0) return found
    for (const child of portion) found.push(...(await readDropped(child, `${prefix}${entry.name}/`)))
  }
}

function isLitter(name: string): boolean {
  return name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini' || name === '__MACOSX'
}
