/**
 * Everything that a person can do is one registered action. Menus, keys, the command palette, buttons in the headset and
 * tests all go through this registry, so a new way in needs no new behaviour.
 */

/** How an action enters undo: what takes it back and what does it again. */
export type Change = { readonly undo: () => void; readonly redo: () => void }

export type Action = {
  /** Unique, dotted: `atlas.hide`. */
  readonly id: string
  /** Locale key with namespace: `atlas:action.hide`. */
  readonly label: string
  /** Locale key of the heading under which the palette lists it. */
  readonly group: string
  /** Key chords, first one shown: `h`, `shift+h`, `mod+z` (mod: Ctrl, on a Mac Command). */
  readonly keys?: readonly string[]
  /** Whether it can be done now. Absent: always. */
  readonly predicate?: () => boolean
  /** Does it; a returned change can be undone. */
  readonly perform: () => Change | undefined
}

export type ActionRegistry = {
  /** Adds actions until the returned function is called. The newest action of an id wins. */
  register(actions: readonly Action[]): () => void
  list(): readonly Action[]
  find(id: string): Action | undefined
  /** Performs an action by id. False when it is unknown or its predicate forbids it. */
  perform(id: string): boolean
  /** Performs the first enabled action bound to this chord. */
  performChord(chord: string): boolean
  undo(): boolean
  redo(): boolean
  canUndo(): boolean
  canRedo(): boolean
  /** Records a change made outside an action, such as a drag. */
  record(change: Change): void
  /** Forgets the past, for example when another body is opened. */
  forget(): void
  subscribe(listener: () => void): () => void
  /** Grows with every change; a snapshot for useSyncExternalStore. */
  version(): number
}

const PAST_LIMIT = 200

/** A registry of its own; the app makes one, tests make many. */
export function createActionRegistry(): ActionRegistry {
  const layers: (readonly Action[])[] = []
  const listeners = new Set<() => void>()
  const past: Change[] = []
  const future: Change[] = []
  let version = 0
  let known: readonly Action[] = []

  const changed = () => {
    version++
    for (const listener of listeners) listener()
  }
  const rebuild = () => {
    const byId = new Map<string, Action>()
    for (const layer of layers) for (const action of layer) byId.set(action.id, action)
    known = [...byId.values()]
    changed()
  }
  const enabled = (action: Action) => action.predicate?.() ?? true
  const run = (action: Action) => {
    const change = action.perform()
    if (change) record(change)
    return true
  }
  const record = (change: Change) => {
    past.push(change)
    if (past.length > PAST_LIMIT) past.shift()
    future.length = 0
    changed()
  }

  return {
    register(actions) {
      layers.push(actions)
      rebuild()
      return () => {
        const at = layers.indexOf(actions)
        if (at >= 0) layers.splice(at, 1)
        rebuild()
      }
    },
    list: () => known,
    find: (id) => known.find((action) => action.id === id),
    perform(id) {
      const action = known.find((candidate) => candidate.id === id)
      return action !== undefined && enabled(action) && run(action)
    },
    performChord(chord) {
      const action = known.find((candidate) => candidate.keys?.includes(chord) && enabled(candidate))
      return action !== undefined && run(action)
    },
    undo() {
      const change = past.pop()
      if (!change) return false
      change.undo()
      future.push(change)
      changed()
      return true
    },
    redo() {
      const change = future.pop()
      if (!change) return false
      change.redo()
      past.push(change)
      changed()
      return true
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    record,
    forget() {
      past.length = 0
      future.length = 0
      changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
  }
}

/** The registry of the running app. */
export const actions = createActionRegistry()
