import { useMemo } from 'react'
import { layerCount } from '../../../core/anatomy/outline.ts'
import type { Action, Change } from '../../app/actions.ts'
import { preferences } from '../../app/preferences.ts'
import { useActions } from '../../app/useActions.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { select } from '../../scene/dissection.ts'
import type { Side } from '../../scene/orbit.ts'
import { type AtlasStore, edit, edits, peel, reveal, targetOf } from './atlasstore.ts'
import { bodyBox, boxOf, shownBox } from './boxes.ts'
import { nextQuestion, startQuiz } from './quiz.ts'

export type AtlasCommands = {
  readonly focusSearch: () => void
  readonly share: () => void
}

const sideKeys: readonly (readonly [Side, string])[] = [
  ['front', '1'],
  ['back', '2'],
  ['left', '3'],
  ['right', '4'],
  ['above', '5'],
  ['below', '6'],
]

/** Registers what can be done in the atlas; menus, keys, palette and headset all use these. */
export function useAtlasActions(
  atlas: Atlas | null,
  store: AtlasStore,
  control: CameraControl,
  commands: AtlasCommands,
): void {
  const list = useMemo(() => {
    if (!atlas) return []
    const all = atlas.structures.map(({ id }) => id)
    const target = () => targetOf(store.getState())
    const onTarget = (name: string, keys: string[], change: (id: string) => Change | undefined): Action => ({
      id: `atlas.${name}`,
      label: `atlas:action.${name}`,
      group: 'atlas:group.structure',
      keys,
      predicate: () => target() !== null,
      perform: () => {
        const id = target()
        return id === null ? undefined : change(id)
      },
    })
    const always = (name: string, group: string, keys: string[], perform: () => Change | undefined): Action => ({
      id: `atlas.${name}`,
      label: `atlas:action.${name}`,
      group: `atlas:group.${group}`,
      keys,
      perform,
    })
    const silently = (work: () => void) => () => {
      work()
      return undefined
    }
    const actions: Action[] = [
      onTarget('hide', ['h', 'delete'], (id) => edit(store, (state) => edits.hide(state, [id]))),
      onTarget('fade', ['f'], (id) => edit(store, (state) => edits.fade(state, [id]))),
      onTarget('isolate', ['i'], (id) => edit(store, (state) => edits.isolate(state, [id], all))),
      onTarget('reveal', ['r'], (id) => {
        const change = edit(store, (state) => reveal(state, atlas, id))
        control.frame(boxOf(atlas, [id]))
        return change
      }),
      onTarget('frame', ['space', 'z'], (id) => {
        control.frame(boxOf(atlas, [id]))
        return undefined
      }),
      {
        id: 'atlas.quizStop',
        label: 'atlas:quiz.stop',
        group: 'atlas:group.learn',
        keys: ['escape'],
        predicate: () => store.getState().quiz !== null,
        perform: silently(() => startQuiz(store, atlas, preferences.getState().terms)),
      },
      onTarget('deselect', ['escape'], () => {
        store.setState((state) => ({ dissection: select(state.dissection, null), hovered: null }))
        return undefined
      }),
      always('showAll', 'view', ['shift+h'], () => edit(store, (state) => edits.showAll(state, atlas))),
      always('deeper', 'view', [']'], () =>
        edit(store, (state) => peel(state, atlas, Math.min(layerCount - 1, state.layer + 1))),
      ),
      always('shallower', 'view', ['['], () =>
        edit(store, (state) => peel(state, atlas, Math.max(0, state.layer - 1))),
      ),
      always('section', 'view', ['x'], () =>
        edit(store, (state) => ({ section: state.section ? null : middleSection(atlas) })),
      ),
      always(
        'frameAll',
        'camera',
        ['0', 'shift+z'],
        silently(() => control.frame(shownBox(atlas, store.getState().dissection))),
      ),
      ...sideKeys.map(([side, key]) =>
        always(
          `side.${side}`,
          'camera',
          [key],
          silently(() => control.frame(shownBox(atlas, store.getState().dissection), side)),
        ),
      ),
      always('search', 'view', ['/', 's'], silently(commands.focusSearch)),
      always('share', 'view', ['mod+shift+s'], silently(commands.share)),
      always(
        'quiz',
        'learn',
        ['q'],
        silently(() => startQuiz(store, atlas, preferences.getState().terms)),
      ),
      {
        id: 'atlas.quizNext',
        label: 'atlas:action.quizNext',
        group: 'atlas:group.learn',
        keys: ['enter'],
        predicate: () => store.getState().quiz?.answer != null,
        perform: silently(() => nextQuestion(store)),
      },
    ]
    return actions
  }, [atlas, store, control, commands])
  useActions(list)
}

/** A frontal cut through the middle of the body. */
function middleSection(atlas: Atlas) {
  const [low, high] = bodyBox(atlas)
  return { normal: [0, 0, 1] as const, distance: (low[2] + high[2]) / 2 }
}
