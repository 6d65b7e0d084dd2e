import { expect, test, vi } from 'vitest'
import { DRUG_TABLE } from '../../../core/physiology/drugs/table.ts'
import { ILLNESSES } from '../../../core/physiology/illness.ts'
import { type BodyTask, bodyDigest } from '../../../electron/engine/bodydigest.ts'
import { bundleModule } from '../../../electron/engine/bundle.ts'
import { runElsewhere } from '../../../electron/engine/elsewhere.ts'
import { ROOT } from '../session/drainsetup.ts'
import { fixturePatient, TENSION } from '../simulation/fixture.ts'

vi.setConfig({ testTimeout: 240_000 })

/** Every drug, every illness, the ventilator, an arrest and what ends it, in three minutes. */
const job: BodyTask = {
  patient: fixturePatient(),
  start: TENSION,
  ticks: 18_000,
  orders: [
    ...DRUG_TABLE.map(({ id, doses }, i) => ({ tick: 200 + 100 * i, verb: 'give', object: id, value: doses[0].high })),
    { tick: 3000, verb: 'ventilator', object: 'on' },
    { tick: 4000, verb: 'ventilator', object: 'pressure-control' },
    ...ILLNESSES.map((object, i) => ({ tick: 5000 + 500 * i, verb: 'illness', object, value: 60 })),
    { tick: 9000, verb: 'rhythm', object: 'vf' },
    { tick: 10_000, verb: 'compressions', object: 'begin' },
    { tick: 14_000, verb: 'shock', object: 'defibrillator', value: 200 },
  ],
}

test('Node and Chromium come to the same bits of a body in trouble', async () => {
  const here = bodyDigest(job)
  expect(bodyDigest({ ...job, ticks: job.ticks - 1 })).not.toBe(here)
  const code = await bundleModule(ROOT, 'electron/engine/bodydigest.ts')
  const others = await runElsewhere<string>({ code, job, script: 'const answer = engine.bodyDigest(job)' })
  expect(others).not.toContain('Chromium')
  for (const other of others) if (typeof other !== 'string') expect(other.answer, other.engine).toBe(here)
})
