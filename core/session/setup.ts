import type { Mode } from '../contract/values.ts'
import type { Digest } from '../records/digest.ts'
import type { RecordHeader } from '../records/envelope.ts'
import { RECORD_FORMAT } from '../records/envelope.ts'
import type { StepHistory } from '../scenario/plan.ts'
import type { InputClass } from '../scenario/primitives.ts'
import type { Case } from '../scenario/schema.ts'
import type { Patient } from '../simulation/contract.ts'

/** Everything a session is made from. The host gives it, checked; the page passes it on as it is. */
export type SessionSetup = {
  readonly engine: Digest
  readonly pack: { readonly id: string; readonly version: string; readonly digest: Digest }
  readonly case: Case
  readonly start: string
  readonly mode: Mode
  readonly seed: number
  readonly patient: Patient
  readonly patientDigest: Digest
  /** Kind of input: paths and times compare within one class only. */
  readonly deviceClass: InputClass
  readonly tier: string
  readonly history: StepHistory
}

/** The head of the record that a session with this setup will leave. */
export function headerOf(setup: SessionSetup): RecordHeader {
  return {
    format: RECORD_FORMAT,
    engine: setup.engine,
    kernel: null,
    pack: { id: setup.pack.id, version: setup.pack.version, digest: setup.pack.digest },
    case: setup.case.id,
    start: setup.start,
    mode: setup.mode,
    seed: setup.seed,
    patient: setup.patientDigest,
    deviceClass: setup.deviceClass,
    tier: setup.tier,
    history: { ...setup.history },
  }
}
