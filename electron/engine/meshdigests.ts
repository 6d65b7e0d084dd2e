import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type Body, compileBody } from '../../core/modelling/compile.ts'
import { readDefinitions } from '../../core/modelling/definition.ts'
import { loadSimplifier } from '../atlas/simplifier.ts'
import { makeStructureMesh } from '../atlas/structuremesh.ts'

export type MeshTask = {
  readonly files: readonly { readonly name: string; readonly content: unknown }[]
  readonly body: Body
  readonly ids: readonly string[]
}

/** Makes structures from their definitions and answers the digest of all bytes of each: runs in any JavaScript engine. */
export async function meshDigests({ files, body, ids }: MeshTask): Promise<Record<string, string>> {
  const compiled = compileBody(readDefinitions(files), body)
  const simplifier = await loadSimplifier()
  const digests: Record<string, string> = {}
  for (const id of ids) {
    const { definition } = compiled.structures.find((s) => s.id === id)!
    const hash = sha256.create()
    for (const { q, normals, ao, indices } of makeStructureMesh(compiled, definition, simplifier).levels)
      for (const part of [q, normals, ao, indices])
        hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
    digests[id] = bytesToHex(hash.digest())
  }
  return digests
}
