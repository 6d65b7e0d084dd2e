import type { AtlasBody } from '../../../core/contract/atlas.ts'
import type { RecordFile } from '../../../core/records/envelope.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import type { Patient } from '../../../core/simulation/contract.ts'

export type PatientOrder = { case: Case; start: string; seed: number }
export type ExpertOrder = { pack: SessionSetup['pack']; case: Case; start: string }
export type Expert = { setup: SessionSetup; file: RecordFile }
export type Verdict = { same: boolean; reason?: string; tick?: number }

/**
 * The slow work of the host: what takes seconds and must not stop it from answering. The services know only this face;
 * tests put a quick one in its place.
 */
export type Workshop = {
  /** Digest of the engine's sources. */
  engine(): string
  patient(order: PatientOrder): Promise<Patient>
  expert(order: ExpertOrder): Promise<Expert>
  /** Replays a record. */
  verify(file: RecordFile, setup: SessionSetup): Promise<Verdict>
  /** How far the bodies are. */
  atlas(): AtlasBody[]
  /** Builds what is missing or outdated, behind; progress comes as `atlas.progress`; resolves when all is done. */
  buildAtlas(): Promise<void>
  /** Stops what runs; jobs that wait fail. */
  close(): Promise<void>
}
