/** The face of the engine when it stands alone: what a kept engine must export to replay the records that name it. */

export { wasmKernel } from '../simulation/kernel/kernel.ts'
export { replaySession } from './replay.ts'
export { createSession } from './session.ts'
