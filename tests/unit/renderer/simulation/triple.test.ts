import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TripleReader, TripleWriter } from '../../../../renderer/simulation/triple.ts'

test('writer, middle and reader never share a slot, and the reader sees the newest', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (turns) => {
      const control = new Int32Array(new SharedArrayBuffer(4))
      const writer = new TripleWriter(control)
      const reader = new TripleReader(control)
      const slots = [-1, -1, -1]
      let written = -1
      let seen = -1
      for (const writes of turns) {
        if (writes) {
          written++
          slots[writer.slot] = written
          writer.publish()
        } else {
          const fresh = reader.take() === 'new'
          expect(fresh).toBe(written > seen)
          if (fresh) seen = slots[reader.slot]
          expect(seen).toBe(written)
        }
        expect(writer.slot).not.toBe(reader.slot)
      }
    }),
  )
})
