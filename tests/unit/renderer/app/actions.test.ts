import { expect, test, vi } from 'vitest'
import { type Action, createActionRegistry } from '../../../../renderer/app/actions.ts'

const action = (part: Partial<Action> & { id: string }): Action => ({
  label: part.id,
  group: 'g',
  perform: () => undefined,
  ...part,
})

test('an action is performed by id and by key, and only while its predicate allows', () => {
  const registry = createActionRegistry()
  const perform = vi.fn(() => undefined)
  let allowed = true
  registry.register([action({ id: 'a', keys: ['h'], predicate: () => allowed, perform })])
  expect(registry.perform('a')).toBe(true)
  expect(registry.performChord('h')).toBe(true)
  allowed = false
  expect(registry.perform('a')).toBe(false)
  expect(registry.performChord('h')).toBe(false)
  expect(registry.perform('nobody')).toBe(false)
  expect(perform).toHaveBeenCalledTimes(2)
})

test('a key goes to the first action that can be done now', () => {
  const registry = createActionRegistry()
  const second = vi.fn(() => undefined)
  registry.register([
    action({ id: 'a', keys: ['x'], predicate: () => false }),
    action({ id: 'b', keys: ['x'], perform: second }),
  ])
  registry.performChord('x')
  expect(second).toHaveBeenCalledOnce()
})

test('undo and redo walk through changes; a new change ends the redo', () => {
  const registry = createActionRegistry()
  let value = 0
  const set = (to: number) => {
    const from = value
    value = to
    return {
      undo: () => {
        value = from
      },
      redo: () => {
        value = to
      },
    }
  }
  registry.register([action({ id: 'one', perform: () => set(1) }), action({ id: 'two', perform: () => set(2) })])
  registry.perform('one')
  registry.perform('two')
  registry.undo()
  expect(value).toBe(1)
  registry.redo()
  expect(value).toBe(2)
  registry.undo()
  registry.perform('two')
  expect(registry.canRedo()).toBe(false)
  registry.undo()
  registry.undo()
  expect(value).toBe(0)
  expect(registry.undo()).toBe(false)
})

test('actions of a closed view are gone, and those it covered are back', () => {
  const registry = createActionRegistry()
  const below = vi.fn(() => undefined)
  registry.register([action({ id: 'a', perform: below })])
  const close = registry.register([action({ id: 'a' })])
  registry.perform('a')
  expect(below).not.toHaveBeenCalled()
  close()
  registry.perform('a')
  expect(below).toHaveBeenCalledOnce()
})
