import i18next from 'i18next'
import { useMemo } from 'react'
import { layerCount } from '../../../core/anatomy/outline.ts'
import type { Action, Change } from '../../app/actions.ts'
import { tell } from '../../app/notify.ts'
import { preferences } from '../../app/preferences.ts'
import { useActions } from '../../app/useActions.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { select } from '../../scene/dissection.ts'
import type { Side } from '../../scene/orbit.ts'
import { type AtlasStore, edit, edits, peel, reveal, targetOf } from './atlasstore.ts'
import { roomyBox, shownBox } from './boxes.ts'
import { endQuiz, nextQuestion, type Sight, startQuiz } from './quiz.ts'
import { lookAtCut, middleSection } from './sections.ts'

export type AtlasCommands = {
  readonly focusSearch: () => void
  readonly share: () => void
  /** What is in view now. */
  readonly look: () => Sight
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
    const near = (ids: readonly string[]) => control.frame(roomyBox(atlas, ids))
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
      onTarget('isolate', ['i'], (id) => {
        const change = edit(store, (state) => edits.isolate(state, atlas, [id]))
        near([id])
        return change
      }),
      onTarget('reveal', ['r'], (id) => {
        const change = edit(store, (state) => reveal(state, atlas, id))
        near([id])
        return change
      }),
      onTarget('frame', ['space', 'z'], (id) => {
        near([id])
        return undefined
      }),
      {
        id: 'atlas.quizStop',
        label: 'atlas:quiz.stop',
        group: 'atlas:group.learn',
        keys: ['escape'],
        predicate: () => store.getState().quiz !== null,
        perform: silently(() => endQuiz(store)),
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
      always('section', 'view', ['x'], () => {
        const cut = store.getState().section ? null : middleSection(atlas)
        if (cut) lookAtCut(control, atlas, cut)
        return edit(store, () => ({ section: cut }))
      }),
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
        silently(() => {
          if (startQuiz(store, atlas, preferences.getState().terms, commands.look) === 'blind')
            tell(i18next.t('atlas:quiz.blind'))
        }),
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
