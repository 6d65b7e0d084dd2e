import { fromBase64 } from '../../core/records/base64.ts'
import { replaySession } from '../../core/session/replay.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import { bundleEngine } from '../engine/bundle.ts'
import { runElsewhere } from '../engine/elsewhere.ts'
import { kernelFor, kernelWasm } from '../engine/kernel.ts'
import { type SimulateOptions, simulateWith } from './simulate.ts'

/** The same input in one JavaScript engine. `hash` is the last of the chained state hashes. */
export type EngineRun = {
  readonly engine: string
  readonly hash: string
  readonly ticks: number
  readonly seconds: number
}

export type StartDeterminism = {
  readonly start: string
  /** The run that was recorded, and its replays. */
  readonly runs: readonly EngineRun[]
  readonly same: boolean
  /** Engines that are not on this machine. */
  readonly missing: readonly string[]
}

/** What a page or another Node answers after it has replayed the job. */
type Answer = { readonly hash: string; readonly ticks: number; readonly seconds: number }
type Job = { readonly setup: SessionSetup; readonly input: readonly string[]; readonly wasm: string }

/** Records the expert, to the end or until `isEnough`, and replays the input in this Node, another Node and Chromium. */
export async function compareEngines(
  root: string,
  setup: SessionSetup,
  isEnough: SimulateOptions['isEnough'] = () => false,
): Promise<StartDeterminism> {
  const code = await bundleEngine(root)
  const kernel = await kernelFor(root)
  const begun = performance.now()
  const { file, report } = simulateWith(setup, { operator: 'expert', seed: setup.seed, isEnough }, kernel)
  const seconds = (performance.now() - begun) / 1000
  const job: Job = { setup, input: file.input, wasm: Buffer.from(await kernelWasm(root)).toString('base64') }
  const runs: EngineRun[] = [
    { engine: 'recorded', hash: report.stateHash, ticks: report.ticks, seconds },
    { engine: `Node ${process.versions.node}`, ...replayHere(job, kernel) },
  ]
  const missing: string[] = []
  for (const other of await runElsewhere<Answer>({ code, job, script: REPLAY })) {
    if (typeof other === 'string') missing.push(other)
    else runs.push({ engine: other.engine, ...other.answer })
  }
  return { start: setup.start, runs, missing, same: runs.every(({ hash }) => hash === runs[0].hash) }
}

function replayHere(job: Job, kernel: KernelFor): Answer {
  const begun = performance.now()
  const session = replaySession(
    job.setup,
    job.input.map((text) => fromBase64(text) ?? new Uint8Array()),
    kernel,
  )
  const { record } = session.finish()
  return { hash: record.states.at(-1) ?? '', ticks: session.tick, seconds: (performance.now() - begun) / 1000 }
}

/** Runs in the other engine: text, because it travels there. `engine` is the bundled engine, `job` the job. */
const REPLAY = `
const begun = performance.now()
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
const module = await WebAssembly.compile(bytes(job.wasm))
const session = engine.replaySession(job.setup, job.input.map(bytes), (size) => engine.wasmKernel(module, size))
const { record } = session.finish()
const answer = { hash: record.states.at(-1), ticks: session.tick, seconds: (performance.now() - begun) / 1000 }
`
