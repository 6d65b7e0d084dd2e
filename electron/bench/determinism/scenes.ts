import { bundleModule } from '../../engine/bundle.ts'
import { openElsewhere } from '../../engine/elsewhere.ts'
import { kernelWasm } from '../../engine/kernel.ts'
import { type SceneDigests, type SceneTask, sceneDigests } from '../../engine/scenedigests.ts'
import { sourceRoot } from '../../host/index.ts'
import { readScene } from '../../shell/scenefiles.ts'
import type { BenchRow } from '../row.ts'
import { agreement, type EngineHash } from './agreement.ts'

/** Ticks of each scene that the twin plays, from its middle. */
const TWIN_TICKS = 40

/**
 * Each scene to its end by the kernel, and from its middle by the twin, in every engine: the others at the same time, this
 * one after them. Two rows a scene: states at its end, and those that kernel and twin came to.
 */
export async function sceneRows(names: readonly string[]): Promise<BenchRow[]> {
  const wasm = Buffer.from(await kernelWasm(sourceRoot)).toString('base64')
  const code = await bundleModule(sourceRoot, 'electron/engine/scenedigests.ts')
  const engines = await openElsewhere()
  const rows: BenchRow[] = []
  try {
    for (const name of names) {
      const job: SceneTask = { scene: readScene(sourceRoot, name), wasm, twinTicks: TWIN_TICKS }
      const script = 'const answer = await engine.sceneDigests(job)'
      const others = await engines.run<SceneDigests>({ code, job, script })
      const here = { engine: `Node ${process.versions.node}`, answer: await sceneDigests(job) }
      const all = [here, ...others.filter((one) => typeof one !== 'string')]
      const missing = others.filter((one) => typeof one === 'string')
      const atEnd: EngineHash[] = all.map(({ engine, answer }) => ({ engine, hash: answer.end }))
      const fromMiddle: EngineHash[] = all.flatMap(({ engine, answer }) => [
        { engine: `${engine} kernel`, hash: answer.kernel },
        { engine: 'twin', hash: answer.twin },
      ])
      const scene = [
        agreement(`determinism: scene ${name}, ${here.answer.ticks} ticks`, atEnd, missing),
        agreement(`determinism: scene ${name}, twin, ${TWIN_TICKS} ticks from its middle`, fromMiddle, missing),
      ]
      for (const { name: what, rival } of scene) process.stderr.write(`${what}: ${rival}\n`)
      rows.push(...scene)
    }
  } finally {
    await engines.close()
  }
  return rows
}
