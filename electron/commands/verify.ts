import { readFileSync } from 'node:fs'
import type { RecordHeader } from '../../core/records/envelope.ts'
import { type Verdict, type VerifySources, verifyRecordFile } from '../../core/records/verify.ts'
import type { Case } from '../../core/scenario/schema.ts'
import { createSession } from '../../core/session/session.ts'
import { kernelFor } from '../engine/kernel.ts'
import { patientOf } from '../engine/patients.ts'
import { builtInCases } from '../engine/setups.ts'
import { engineOf } from '../host/workshop/engine.ts'

/** Verifies a record file by its checksums and by replay, with this app's engine and built-in packs. */
export function verify(root: string, path: string): Promise<Verdict> {
  return verifyRecordFile(readFileSync(path), verifySources(root))
}

/** This app's engine, its built-in packs, and patients made anew. `more` answers cases of other packs. */
export function verifySources(
  root: string,
  more: (header: RecordHeader) => Promise<Case | undefined> = async () => undefined,
): VerifySources {
  return {
    async engine(digest) {
      if (digest !== engineOf(root)()) return undefined
      const kernel = await kernelFor(root)
      return { createSession: (setup) => createSession(setup, kernel) }
    },
    async findCase(header) {
      const found = builtInCases(root).find(
        ({ pack, case: of }) => pack.digest === header.pack.digest && of.id === header.case,
      )
      return found?.case ?? more(header)
    },
    makePatient: async (of, header) => patientOf(root, of, header.seed),
  }
}
