import { expect, test } from 'vitest'
import { countersign, openCheckpoint, signCheckpoint, verifierOf } from '../../../core/records/checkpoint.ts'

const machine = { name: 'sina.local/host', secretKey: new Uint8Array(32).fill(7) }
const instructor = { name: 'sina.local/instructor', secretKey: new Uint8Array(32).fill(9) }
const checkpoint = { origin: 'sina.local/records', size: 42, root: new Uint8Array(32).fill(3) }

test('a signed note has the form of c2sp.org/tlog-checkpoint', () => {
  const lines = signCheckpoint(checkpoint, machine).split('\n')
  expect(lines[0]).toBe('sina.local/records')
  expect(lines[1]).toBe('42')
  expect(lines[2]).toBe('AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=')
  expect(lines[3]).toBe('')
  expect(lines[4]).toMatch(/^— sina\.local\/host [A-Za-z0-9+/]{91}=$/)
  expect(lines[5]).toBe('')
})

test('the machine signs, the instructor countersigns, both are recognised', () => {
  const note = countersign(signCheckpoint(checkpoint, machine), instructor)
  const opened = openCheckpoint(note, [verifierOf(machine), verifierOf(instructor)])
  expect(opened).toEqual({ ok: true, checkpoint, signers: [machine.name, instructor.name] })
})

test('a stranger, a changed size and a changed signature are told apart', () => {
  const note = signCheckpoint(checkpoint, machine)
  expect(openCheckpoint(note, [verifierOf(instructor)])).toEqual({ ok: false, code: 'checkpoint/unsigned' })
  expect(openCheckpoint(note.replace('\n42\n', '\n43\n'), [verifierOf(machine)])).toEqual({
    ok: false,
    code: 'checkpoint/forged',
  })
  expect(openCheckpoint(note.slice(0, -3), [verifierOf(machine)])).toEqual({ ok: false, code: 'checkpoint/malformed' })
})

test('no byte of a note can change', () => {
  const note = signCheckpoint(checkpoint, machine)
  for (let i = 0; i < note.length; i++) {
    const changed = note.slice(0, i) + (note[i] === 'x' ? 'y' : 'x') + note.slice(i + 1)
    expect(openCheckpoint(changed, [verifierOf(machine)]).ok, `byte ${i}`).toBe(false)
  }
})
