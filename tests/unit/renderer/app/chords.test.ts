import { expect, test } from 'vitest'
import { chordOf, printChord } from '../../../../renderer/app/chords.ts'

const press = (
  key: string,
  code: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('chords name modifiers in one order', () => {
  expect(chordOf(press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+z')
  expect(chordOf(press('k', 'KeyK', { metaKey: true }))).toBe('mod+k')
  expect(chordOf(press('Escape', 'Escape'))).toBe('escape')
  expect(chordOf(press(' ', 'Space'))).toBe('space')
})

test('letters are read from their place, so a Cyrillic layout works', () => {
  expect(chordOf(press('р', 'KeyH'))).toBe('h')
})

test('a shifted sign is the sign itself', () => {
  expect(chordOf(press('?', 'Slash', { shiftKey: true }))).toBe('?')
})

test('chords are printed as on the board', () => {
  expect(printChord('mod+shift+z', 'mac')).toEqual(['⌘', '⇧', 'Z'])
  expect(printChord('mod+,', 'other')).toEqual(['Ctrl', ','])
})
