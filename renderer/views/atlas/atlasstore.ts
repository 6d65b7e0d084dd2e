import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import { layerOf } from '../../../core/anatomy/outline.ts'
import { actions, type Change } from '../../app/actions.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { Section } from '../../scene/bodymodel.ts'
import {
  type Dissection,
  fade,
  hide,
  isolate,
  opacityOf,
  select,
  show,
  showAll,
  startOf,
  wholeBody,
} from '../../scene/dissection.ts'

/** What the atlas view remembers while it is open. */
export type AtlasState = {
  readonly dissection: Dissection
  readonly hovered: string | null
  readonly section: Section | null
  /** Layers taken off, from the skin. */
  readonly layer: number
  readonly quiz: Quiz | null
}

/** "Point at it": one structure asked at a time. */
export type Quiz = {
  readonly asked: string
  readonly asks: readonly string[]
  readonly at: number
  readonly right: number
  readonly answer: { readonly picked: string; readonly verdict: 'right' | 'wrong' } | null
}

export type AtlasStore = StoreApi<AtlasState>

export const AtlasStoreContext = createContext<AtlasStore | null>(null)

export function createAtlasStore(): AtlasStore {
  return createStore<AtlasState>(() => ({ dissection: wholeBody, hovered: null, section: null, layer: 0, quiz: null }))
}

export function useAtlasStore(): AtlasStore {
  const store = useContext(AtlasStoreContext)
  if (!store) throw new Error('useAtlasStore needs the atlas view around it')
  return store
}

export function useAtlasState<T>(pick: (state: AtlasState) => T): T {
  return useStore(useAtlasStore(), pick)
}

/** Applies a change to the dissection and returns how to take it back. */
export function edit(store: AtlasStore, change: (state: AtlasState) => Partial<AtlasState>): Change | undefined {
  const before = pickUndoable(store.getState())
  const next = change(store.getState())
  if (Object.keys(next).length === 0) return undefined
  store.setState(next)
  const after = pickUndoable(store.getState())
  return { undo: () => store.setState(before), redo: () => store.setState(after) }
}

function pickUndoable({ dissection, section, layer }: AtlasState) {
  return { dissection, section, layer }
}

/** What a command works on: the selected structure, else the one under the cursor. */
export function targetOf({ dissection, hovered }: AtlasState): string | null {
  const under = hovered !== null && opacityOf(dissection, hovered) > 0 ? hovered : null
  return dissection.selected ?? under
}

/** Takes off layers from outside. What was hidden or faded deeper by hand stays so. */
export function peel(state: AtlasState, atlas: Atlas, layer: number): Partial<AtlasState> {
  if (layer === state.layer) return {}
  const opacity: Record<string, number> = {}
  for (const structure of atlas.structures) {
    const depth = layerOf(structure)
    const before = state.dissection.opacity[structure.id]
    if (depth < layer) opacity[structure.id] = 0
    else if (before !== undefined && depth >= state.layer) opacity[structure.id] = before
  }
  const { selected } = state.dissection
  const gone = selected !== null && opacity[selected] === 0
  return { layer, dissection: { opacity, selected: gone ? null : selected } }
}

/** Of a group, what is seen at first; a single structure, or a group that is hidden at first, is meant as it is. */
function asked(atlas: Atlas, ids: readonly string[]): readonly string[] {
  const first = ids.filter((id) => atlas.byId.get(id)?.first !== 'hidden')
  return ids.length === 1 || first.length === 0 ? ids : first
}

/** Shows structures; what fills the same place gives way. */
function showing(dissection: Dissection, atlas: Atlas, ids: readonly string[]): Dissection {
  const change = atlas.divisions.exchange(asked(atlas, ids), (id) => opacityOf(dissection, id) > 0)
  return show(hide(dissection, change.hide), change.show)
}

/** Goes to a structure: selects it, takes off what lies over it, comes near. One step of undo. */
export function goTo(store: AtlasStore, id: string): void {
  store.setState((state) => ({ dissection: select(state.dissection, id), hovered: null }))
  // Who asks for the heart wants to see it, not the skin over it.
  actions.perform('atlas.reveal')
}

/** Takes off what lies over a structure and shows it; nothing where it lies open already. */
export function reveal(state: AtlasState, atlas: Atlas, id: string): Partial<AtlasState> {
  const structure = atlas.byId.get(id)
  if (!structure) return {}
  const depth = layerOf(structure)
  const isOpen = depth <= state.layer && opacityOf(state.dissection, id) >= 1
  if (isOpen) return {}
  const peeled = depth > state.layer ? { ...state, ...peel(state, atlas, depth) } : state
  return { layer: peeled.layer, dissection: select(showing(peeled.dissection, atlas, [id]), id) }
}

export const edits = {
  hide: (state: AtlasState, ids: readonly string[]): Partial<AtlasState> => ({
    dissection: hide(state.dissection, ids),
  }),
  /** Fades what is solid and makes solid what is faded. */
  fade: (state: AtlasState, ids: readonly string[]): Partial<AtlasState> => {
    const faded = ids.every((id) => opacityOf(state.dissection, id) < 1)
    return { dissection: faded ? show(state.dissection, ids) : fade(state.dissection, ids) }
  },
  show: (state: AtlasState, atlas: Atlas, ids: readonly string[]): Partial<AtlasState> => ({
    dissection: showing(state.dissection, atlas, ids),
  }),
  isolate: (state: AtlasState, atlas: Atlas, ids: readonly string[]): Partial<AtlasState> => ({
    dissection: isolate(
      state.dissection,
      asked(atlas, ids),
      atlas.structures.map(({ id }) => id),
    ),
  }),
  showAll: (state: AtlasState, atlas: Atlas): Partial<AtlasState> => ({
    dissection: showAll(state.dissection, startOf(atlas.structures)),
    layer: 0,
    section: null,
  }),
}
